// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "tests/contract/client_subject.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace passerelle::contract {
namespace {

using nextcloud::FileUpload;
using nextcloud::RemoteEntry;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class Client : public ::testing::TestWithParam<int> {
  protected:
    void SetUp() override {
        if (GetParam() == kRealServer && !real_server_named()) GTEST_SKIP() << "NEXTCLOUD_URL names no server";
        subject = Subject::make(GetParam(), {.max_chunk_bytes = 1 << 20});
    }

    nextcloud::Nextcloud& client() { return subject->client(); }
    std::string at(const std::string& path) const { return subject->at(path); }
    RemoteEntry entry(const std::string& path) {
        auto found = client().find(path, {});
        if (!found || !*found) {
            ADD_FAILURE() << path << " is not there";
            return {};
        }
        return **found;
    }
    std::string code_of_put(const FileUpload& file) {
        const auto uploaded = client().put(file, {});
        return uploaded ? "stored" : uploaded.error().code;
    }

    std::unique_ptr<Subject> subject;
};

std::string named(const ::testing::TestParamInfo<int>& info) {
    if (info.param == kWithCompanion) return "companion";
    return info.param == kRealServer ? "real" : fmt::format("double{}", info.param);
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Servers, Client, ::testing::Values(28, 29, 32, 33, 34, kWithCompanion, kRealServer), named);

TEST_P(Client, MakesFoldersAndFindsThem) {
    ASSERT_TRUE(client().make_folder(at("Comptabilité 2024"), {}));
    EXPECT_TRUE(client().make_folder(at("Comptabilité 2024"), {})) << "a folder that is there is fine";
    EXPECT_TRUE(entry(at("Comptabilité 2024")).folder);
    EXPECT_EQ(client().make_folder(at("absent/enfant"), {}).error().code, codes::target_parent_missing);
    EXPECT_EQ(code_of_put(upload_of(at("fichier"), "x")), "stored");
    EXPECT_EQ(client().make_folder(at("fichier"), {}).error().code, codes::target_exists);
}

TEST_P(Client, ListsWhatLiesDirectlyInAFolder) {
    ASSERT_TRUE(client().make_folder(at("a"), {}));
    ASSERT_TRUE(client().make_folder(at("a/b"), {}));
    ASSERT_EQ(code_of_put(upload_of(at("a/été & hiver #1 100%.txt"), "12345")), "stored");
    ASSERT_EQ(code_of_put(upload_of(at("a/b/profond.txt"), "1")), "stored");
    const auto entries = client().list(at("a"), {});
    ASSERT_TRUE(entries && *entries);
    std::vector<std::string> paths;
    for (const RemoteEntry& one : **entries)
        paths.push_back(one.path);
    EXPECT_THAT(paths, UnorderedElementsAre(at("a/b"), at("a/été & hiver #1 100%.txt")));
    const auto absent = client().list(at("absent"), {});
    EXPECT_TRUE(absent && !*absent);
    const auto file = client().list(at("a/b/profond.txt"), {});
    EXPECT_TRUE(file && !*file);
}

TEST_P(Client, PutsAFileWithItsTimes) {
    FileUpload file = upload_of(at("Procès-verbal.odt"), "bonjour");
    file.created = from_epoch(1'300'000'000);
    const auto uploaded = client().put(file, {});
    ASSERT_TRUE(uploaded) << uploaded.error().message;
    EXPECT_EQ(uploaded->verified_by, nextcloud::VerifiedBy::sha256);
    const RemoteEntry there = entry(file.path);
    EXPECT_EQ(there.size, 7u);
    EXPECT_EQ(there.modified, file.modified);
    EXPECT_EQ(there.etag, uploaded->etag);
    EXPECT_EQ(there.file_id, uploaded->file_id);
    EXPECT_EQ(client().stored_sha256(file.path, {}).value(), file.sha256);
}

TEST_P(Client, PutsAnEmptyFile) {
    EXPECT_EQ(code_of_put(upload_of(at("vide"), "")), "stored");
    EXPECT_EQ(entry(at("vide")).size, 0u);
}

TEST_P(Client, RaisesTimesThatTheServerWouldRefuse) {
    FileUpload file = upload_of(at("ancien"), "x");
    file.modified = from_epoch(-100'000'000);
    ASSERT_EQ(code_of_put(file), "stored");
    EXPECT_EQ(to_epoch(entry(file.path).modified), client().profile().min_mtime);
}

TEST_P(Client, NeverOverwrites) {
    ASSERT_EQ(code_of_put(upload_of(at("a"), "celui-ci")), "stored");
    EXPECT_EQ(code_of_put(upload_of(at("a"), "un autre")), codes::target_exists);
    EXPECT_EQ(entry(at("a")).size, 8u);
}

TEST_P(Client, SaysWhyAFileCannotBe) {
    EXPECT_EQ(code_of_put(upload_of(at("absent/a"), "x")), codes::target_parent_missing);
    if (client().profile().version.major >= 32) {
        EXPECT_EQ(code_of_put(upload_of(at("a.part"), "x")), codes::target_name_refused);
    }
    EXPECT_EQ(code_of_put(upload_of(at(std::string(251, 'n')), "x")), codes::target_name_refused);
}

TEST_P(Client, AFileThatIsNotWhatItsDigestSaysDoesNotStay) {
    FileUpload file = upload_of(at("a"), "bonjour");
    file.content = std::make_shared<MemoryContent>("bonsoir");
    EXPECT_EQ(code_of_put(file), codes::upload_hash_mismatch);
    const auto left = client().find(file.path, {});
    EXPECT_TRUE(left && !*left);
}

TEST_P(Client, ABatchBringsManyFiles) {
    ASSERT_TRUE(client().make_folder(at("lot"), {}));
    std::vector<FileUpload> files;
    for (int i = 0; i < 20; ++i)
        files.push_back(upload_of(at(fmt::format("lot/réunion n°{}.txt", i)),
                                  std::string(static_cast<std::size_t>(i) * 1000, 'x')));
    const auto outcomes = client().put_bulk(files, {});
    ASSERT_TRUE(outcomes) << outcomes.error().message;
    for (std::size_t i = 0; i < files.size(); ++i) {
        ASSERT_TRUE((*outcomes)[i]) << (*outcomes)[i].error().message;
        const RemoteEntry there = entry(files[i].path);
        EXPECT_EQ(there.size, i * 1000);
        EXPECT_EQ(there.modified, files[i].modified);
        EXPECT_EQ(there.etag, (*outcomes)[i]->etag);
        EXPECT_EQ(there.file_id, (*outcomes)[i]->file_id);
    }
    EXPECT_EQ(client().stored_sha256(files[7].path, {}).value(), files[7].sha256);
}

TEST_P(Client, ABatchTellsTheFilesThatItCouldNotBring) {
    std::vector<FileUpload> files{upload_of(at("bon"), "bon"), upload_of(at("absent/orphelin"), "x"),
                                  upload_of(at("fin avec espace "), "x"), upload_of(at("aussi bon"), "bon")};
    const auto outcomes = client().put_bulk(files, {});
    ASSERT_TRUE(outcomes) << outcomes.error().message;
    EXPECT_TRUE((*outcomes)[0]);
    EXPECT_EQ((*outcomes)[2].error().code, codes::upload_not_in_batch);
    EXPECT_TRUE((*outcomes)[3]);
    if (client().profile().ingest) {
        EXPECT_TRUE((*outcomes)[1]) << "the companion app makes parents";
        EXPECT_EQ(entry(files[1].path).size, 1u);
    } else {
        EXPECT_EQ((*outcomes)[1].error().code, codes::upload_not_in_batch);
        EXPECT_EQ(code_of_put(files[1]), codes::target_parent_missing) << "alone it tells why";
    }
    EXPECT_EQ(code_of_put(files[2]), "stored") << "alone it arrives";
}

TEST_P(Client, AForbiddenNameCostsTheOthersNothing) {
    const std::vector<FileUpload> files{upload_of(at("bon"), "bon"), upload_of(at(".htaccess"), "x"),
                                        upload_of(at("suite"), "suite")};
    const auto outcomes = client().put_bulk(files, {});
    ASSERT_TRUE(outcomes) << outcomes.error().message;
    EXPECT_EQ((*outcomes)[1].error().code, codes::upload_not_in_batch);
    for (const std::size_t i : {0u, 2u}) {
        if ((*outcomes)[i]) continue; // 28 and 32 gave up the whole batch
        EXPECT_EQ(code_of_put(files[i]), "stored");
    }
    EXPECT_EQ(entry(at("bon")).size, 3u);
    EXPECT_EQ(entry(at("suite")).size, 5u);
}

TEST_P(Client, AWrongDigestInABatchWritesNothingOfThatFile) {
    std::vector<FileUpload> files{upload_of(at("bon"), "bon"), upload_of(at("abîmé"), "abc"),
                                  upload_of(at("suite"), "x")};
    files[1].content = std::make_shared<MemoryContent>("abd");
    const auto outcomes = client().put_bulk(files, {});
    ASSERT_TRUE(outcomes) << outcomes.error().message;
    EXPECT_TRUE((*outcomes)[0]);
    EXPECT_EQ((*outcomes)[1].error().code, codes::upload_not_in_batch);
    if (!client().profile().ingest) {
        EXPECT_EQ((*outcomes)[2].error().code, codes::upload_not_in_batch);
    }
    const auto damaged = client().find(files[1].path, {});
    EXPECT_TRUE(damaged && !*damaged);
}

TEST_P(Client, WithTheCompanionABatchNeverOverwritesAndMayBeRepeated) {
    if (!client().profile().ingest) GTEST_SKIP() << "no companion app";
    std::vector<FileUpload> files{upload_of(at("a"), "celui-ci"), upload_of(at("profond/b"), "aussi")};
    const auto first = client().put_bulk(files, {});
    ASSERT_TRUE(first && (*first)[0] && (*first)[1]);
    files.push_back(upload_of(at("a"), "un autre"));
    const auto again = client().put_bulk(files, {});
    ASSERT_TRUE(again && (*again)[0] && (*again)[1]) << "the same bytes are there";
    EXPECT_EQ((*again)[0]->file_id, (*first)[0]->file_id);
    EXPECT_EQ((*again)[0]->etag, (*first)[0]->etag);
    EXPECT_EQ((*again)[2].error().code, codes::upload_not_in_batch);
    EXPECT_EQ(client().stored_sha256(at("a"), {}).value(), files[0].sha256);
}

TEST_P(Client, WithTheCompanionABatchMakesFoldersAndDatesThem) {
    if (!client().profile().ingest) GTEST_SKIP() << "no companion app";
    const auto folder = [&](const std::string& path, std::int64_t modified) {
        FileUpload entry;
        entry.path = at(path);
        entry.modified = from_epoch(modified);
        return entry;
    };
    std::vector<FileUpload> entries{folder("dossier", 1'100'000'000), folder("dossier/vide", 1'200'000'000),
                                    upload_of(at("dossier/a"), "x"), folder("sans date", 0)};
    entries[2].created = from_epoch(1'300'000'000);
    const auto outcomes = client().put_bulk(entries, {});
    ASSERT_TRUE(outcomes) << outcomes.error().message;
    for (const auto& outcome : *outcomes)
        EXPECT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(to_epoch(entry(at("dossier")).modified), 1'100'000'000) << "after what was put into it";
    EXPECT_EQ(to_epoch(entry(at("dossier/vide")).modified), 1'200'000'000);
    EXPECT_TRUE(entry(at("sans date")).folder);
    EXPECT_EQ(entry(at("dossier")).size, 1u);
}

TEST_P(Client, PutsALargeFileInChunks) {
    FileUpload file = upload_of(at("grand fichier.bin"), std::make_shared<PatternContent>((5 << 20) / 2));
    file.created = from_epoch(1'300'000'000);
    std::vector<std::uint64_t> heard;
    const auto uploaded = client().put_chunked(file, "contrat-1-" + file.sha256.substr(0, 8),
                                               [&](std::uint64_t bytes) { heard.push_back(bytes); }, {});
    ASSERT_TRUE(uploaded) << uploaded.error().message;
    EXPECT_THAT(heard, ElementsAre(1u << 20, 2u << 20, (5u << 20) / 2));
    const RemoteEntry there = entry(file.path);
    EXPECT_EQ(there.size, file.content->size());
    EXPECT_EQ(there.modified, file.modified);
    EXPECT_EQ(there.etag, uploaded->etag);
    EXPECT_EQ(there.file_id, uploaded->file_id);
}

TEST_P(Client, ResumesAChunkedUpload) {
    const std::uint64_t bytes = 3 << 20;
    const FileUpload file = upload_of(at("repris.bin"), std::make_shared<PatternContent>(bytes, 7));
    FileUpload failing = file;
    failing.content = std::make_shared<PatternContent>(bytes, 7, (5 << 20) / 2);
    const std::string id = "contrat-2-" + file.sha256.substr(0, 8);
    std::vector<std::uint64_t> heard;
    const auto hear = [&](std::uint64_t count) { heard.push_back(count); };
    EXPECT_EQ(client().put_chunked(failing, id, hear, {}).error().code, codes::file_unreadable);
    EXPECT_THAT(heard, ElementsAre(1u << 20, 2u << 20));
    if (subject->twin()) subject->twin()->forget_requests();
    const auto uploaded = client().put_chunked(file, id, hear, {});
    ASSERT_TRUE(uploaded) << uploaded.error().message;
    EXPECT_EQ(client().stored_sha256(file.path, {}).value(), file.sha256);
    if (!subject->twin()) return;
    std::vector<std::string> puts;
    for (const auto& seen : subject->twin()->requests())
        if (seen.method == "PUT" && seen.status == 201) puts.push_back(seen.path.substr(seen.path.rfind('/') + 1));
    EXPECT_THAT(puts, ElementsAre("00003")) << "what was acknowledged is not sent again";
}

TEST_P(Client, AChunkedUploadThatIsDoneIsNotDoneAgain) {
    const FileUpload file = upload_of(at("fait.bin"), std::make_shared<PatternContent>(3 << 20, 9));
    const std::string id = "contrat-3-" + file.sha256.substr(0, 8);
    const auto first = client().put_chunked(file, id, {}, {});
    const auto again = client().put_chunked(file, id, [](std::uint64_t) { ADD_FAILURE() << "sent again"; }, {});
    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->file_id, again->file_id);
    const FileUpload other = upload_of(file.path, std::make_shared<PatternContent>(3 << 20, 10));
    EXPECT_EQ(client().put_chunked(other, id + "-autre", {}, {}).error().code, codes::target_exists);
}

TEST_P(Client, AChunkedUploadIntoAFolderThatIsNotThereSaysSo) {
    const FileUpload file = upload_of(at("absent/a.bin"), std::make_shared<PatternContent>(3 << 19));
    EXPECT_EQ(client().put_chunked(file, "contrat-4-" + file.sha256.substr(0, 8), {}, {}).error().code,
              codes::target_parent_missing);
}

TEST_P(Client, SetsPropertiesOfFoldersToo) {
    ASSERT_TRUE(client().make_folder(at("photos"), {}));
    ASSERT_EQ(code_of_put(upload_of(at("photos/a"), "x")), "stored");
    for (const std::string& path : {at("photos/a"), at("photos")}) {
        const auto set =
            client().set_properties(path, {from_epoch(1'200'000'000), from_epoch(1'100'000'000), true}, {});
        EXPECT_TRUE(set) << set.error().code << " " << set.error().message;
        EXPECT_EQ(to_epoch(entry(path).modified), 1'200'000'000);
    }
    EXPECT_EQ(client()
                  .set_properties(at("absent"), {.modified = from_epoch(kModified), .created = {}, .favorite = {}}, {})
                  .error()
                  .code,
              codes::target_missing);
}

TEST_P(Client, ReplacesTheVeryStateThatWasMeant) {
    FileUpload file = upload_of(at("a"), "premier");
    const auto first = client().put(file, {});
    ASSERT_TRUE(first);
    FileUpload next = upload_of(at("a"), "le deuxième");
    next.replaces = first->etag;
    const auto second = client().put(next, {});
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(second->file_id, first->file_id);
    EXPECT_NE(second->etag, first->etag);
    EXPECT_EQ(entry(at("a")).etag, second->etag);
    EXPECT_EQ(client().stored_sha256(at("a"), {}).value(), next.sha256);

    FileUpload late = upload_of(at("a"), "trop tard");
    late.replaces = first->etag;
    EXPECT_EQ(code_of_put(late), codes::target_changed);
    FileUpload nowhere = upload_of(at("b"), "rien à remplacer");
    nowhere.replaces = first->etag;
    EXPECT_EQ(code_of_put(nowhere), codes::target_changed);
    EXPECT_EQ(client().stored_sha256(at("a"), {}).value(), next.sha256);
    const auto there = client().find(at("b"), {});
    EXPECT_TRUE(there && !*there);
}

TEST_P(Client, ReplacesALargeFileAsCarefully) {
    const auto first = client().put(upload_of(at("grand été #1.bin"), "premier"), {});
    ASSERT_TRUE(first);
    FileUpload next = upload_of(at("grand été #1.bin"), std::make_shared<PatternContent>(3 << 20, 21));
    const std::string id = "contrat-5-" + next.sha256.substr(0, 8);
    next.replaces = "0123456789abcdef";
    EXPECT_EQ(client().put_chunked(next, id, {}, {}).error().code, codes::target_changed);
    next.replaces = first->etag;
    const auto second = client().put_chunked(next, id + "-bon", {}, {});
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(client().stored_sha256(next.path, {}).value(), next.sha256);
    const auto again = client().put_chunked(next, id + "-encore", {}, {});
    ASSERT_TRUE(again) << "the same bytes are what an earlier call wrote";
    EXPECT_EQ(again->etag, second->etag);
}

TEST_P(Client, ALargeFileIsNotReplacedThatChangesWhileItsChunksTravel) {
    const auto first = client().put(upload_of(at("grand.bin"), "premier"), {});
    ASSERT_TRUE(first);
    FileUpload next = upload_of(at("grand.bin"), std::make_shared<PatternContent>(3 << 20, 22));
    next.replaces = first->etag;
    FileUpload edited = upload_of(at("grand.bin"), "quelqu'un y travaille");
    edited.replaces = first->etag;
    bool once = false;
    const auto edit = [&](std::uint64_t) {
        if (!std::exchange(once, true)) EXPECT_EQ(code_of_put(edited), "stored");
    };
    EXPECT_EQ(client().put_chunked(next, "contrat-6-" + next.sha256.substr(0, 8), edit, {}).error().code,
              codes::target_changed);
    EXPECT_EQ(client().stored_sha256(next.path, {}).value(), edited.sha256);
}

TEST_P(Client, MovesTheVeryStateThatWasMeant) {
    ASSERT_TRUE(client().make_folder(at("dossier"), {}));
    const FileUpload file = upload_of(at("avant.txt"), "bonjour");
    const auto put = client().put(file, {});
    ASSERT_TRUE(put);
    EXPECT_EQ(client().move(file.path, at("dossier/après #1.txt"), "0123456789abcdef", {}).error().code,
              codes::target_changed);
    const auto moved = client().move(file.path, at("dossier/après #1.txt"), put->etag, {});
    ASSERT_TRUE(moved) << moved.error().code << " " << moved.error().message;
    EXPECT_EQ(moved->file_id, put->file_id);
    EXPECT_EQ(moved->etag, put->etag);
    EXPECT_EQ(moved->modified, file.modified);
    EXPECT_EQ(entry(at("dossier/après #1.txt")).size, 7u);

    const auto other = client().put(upload_of(at("autre.txt"), "autre"), {});
    ASSERT_TRUE(other);
    const auto code_of_move = [&](const std::string& from, const std::string& to) {
        return client().move(at(from), at(to), other->etag, {}).error().code;
    };
    EXPECT_EQ(code_of_move("autre.txt", "dossier/après #1.txt"), codes::target_exists);
    EXPECT_EQ(code_of_move("absent.txt", "dossier/b.txt"), codes::target_missing);
    EXPECT_EQ(code_of_move("autre.txt", "absent/b.txt"), codes::target_parent_missing);
    EXPECT_EQ(entry(at("autre.txt")).size, 5u);
}

TEST_P(Client, RemovesOnlyTheStateThatWasMeant) {
    const auto put = client().put(upload_of(at("a"), "x"), {});
    ASSERT_TRUE(put);
    EXPECT_EQ(client().remove(at("a"), "0123456789abcdef", {}).error().code, codes::target_changed);
    EXPECT_EQ(entry(at("a")).size, 1u);
    EXPECT_TRUE(client().remove(at("a"), put->etag, {}));
    EXPECT_TRUE(client().remove(at("a"), put->etag, {})) << "what is not there is fine";
    const auto gone = client().find(at("a"), {});
    EXPECT_TRUE(gone && !*gone);
}

TEST_P(Client, RemovesAndIsContentWhenThereIsNothing) {
    ASSERT_EQ(code_of_put(upload_of(at("a"), "x")), "stored");
    EXPECT_TRUE(client().remove(at("a"), {}, {}));
    const auto gone = client().find(at("a"), {});
    EXPECT_TRUE(gone && !*gone);
    EXPECT_TRUE(client().remove(at("a"), {}, {}));
}

TEST_P(Client, TellsTheQuota) {
    const auto before = client().quota({});
    ASSERT_TRUE(before) << before.error().message;
    ASSERT_EQ(code_of_put(upload_of(at("a"), std::string(100'000, 'x'))), "stored");
    const auto after = client().quota({});
    ASSERT_TRUE(after);
    EXPECT_GE(after->used_bytes, before->used_bytes + 100'000);
}

} // namespace passerelle::contract
