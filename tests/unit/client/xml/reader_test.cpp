// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/xml/reader.hpp"
#include "core/reason_codes.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace passerelle::xml {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// "+name@depth", "-name@depth", "text@depth"; an error ends the list with "!code".
std::vector<std::string> walk(Reader reader) {
    std::vector<std::string> seen;
    while (true) {
        const auto more = reader.next();
        if (!more) seen.push_back("!" + more.error().code);
        if (!more || !*more) return seen;
        switch (reader.node()) {
        case Node::start:
            seen.push_back(fmt::format("+{}@{}", reader.name(), reader.depth()));
            break;
        case Node::end:
            seen.push_back(fmt::format("-{}@{}", reader.name(), reader.depth()));
            break;
        case Node::text:
            seen.push_back(fmt::format("{}@{}", reader.text(), reader.depth()));
            break;
        }
    }
}

std::vector<std::string> walk(std::string_view document, Limits limits = {}) {
    return walk(Reader(document, limits));
}

/// Gives one byte at a time, and an error where the bytes end, if it has one.
class Trickle final : public ByteReader {
  public:
    explicit Trickle(std::string bytes, std::optional<Error> error = {})
        : bytes_(std::move(bytes)), error_(std::move(error)) {}
    Result<std::size_t> read(std::span<std::byte> buffer) override {
        if (at_ == bytes_.size()) {
            if (error_) return *error_;
            return std::size_t{0};
        }
        buffer[0] = static_cast<std::byte>(bytes_[at_++]);
        return std::size_t{1};
    }

  private:
    std::string bytes_;
    std::optional<Error> error_;
    std::size_t at_ = 0;
};

} // namespace

TEST(XmlReader, GivesElementsAndTextsInTheirOrder) {
    EXPECT_THAT(walk("<a><b>un</b>deux</a>"), ElementsAre("+a@0", "+b@1", "un@2", "-b@1", "deux@1", "-a@0"));
}

TEST(XmlReader, AnEmptyElementAlsoEnds) {
    EXPECT_THAT(walk("<a><b/><c/></a>"), ElementsAre("+a@0", "+b@1", "-b@1", "+c@1", "-c@1", "-a@0"));
    EXPECT_THAT(walk("<a/>"), ElementsAre("+a@0", "-a@0"));
}

TEST(XmlReader, KnowsNamespacesWhateverThePrefix) {
    Reader reader("<x:a xmlns:x='DAV:' xmlns:y='urn:y' y:k='1' k='2'/>");
    ASSERT_TRUE(reader.next().value());
    EXPECT_TRUE(reader.is("DAV:", "a"));
    EXPECT_FALSE(reader.is("", "a"));
    EXPECT_EQ(reader.attribute("urn:y", "k"), "1");
    EXPECT_EQ(reader.attribute("", "k"), "2");
    EXPECT_EQ(reader.attribute("", "absent"), std::nullopt);
    EXPECT_TRUE(reader.is("DAV:", "a")) << "reading attributes does not move the reader";
}

TEST(XmlReader, CdataAndCharacterReferencesAreText) {
    EXPECT_THAT(walk("<a><![CDATA[<b>]]></a>"), ElementsAre("+a@0", "<b>@1", "-a@0"));
    EXPECT_THAT(walk("<a>&lt;&#233;&amp;</a>"), ElementsAre("+a@0", "<é&@1", "-a@0"));
}

TEST(XmlReader, PassesOverCommentsAndInstructions) {
    EXPECT_THAT(walk("<?xml version='1.0'?><!-- c --><a><?p i?><!-- d --></a>"), ElementsAre("+a@0", "-a@0"));
}

TEST(XmlReader, ALongTextStaysWhole) {
    const std::string text(200'000, 'x');
    EXPECT_THAT(walk("<a>" + text + "</a>"), ElementsAre("+a@0", text + "@1", "-a@0"));
}

TEST(XmlReader, ReadsFromAStreamThatGivesLittleAtATime) {
    EXPECT_THAT(walk(Reader(std::make_unique<Trickle>("<a><b>réunion</b></a>"))),
                ElementsAre("+a@0", "+b@1", "réunion@2", "-b@1", "-a@0"));
}

TEST(XmlReader, TheErrorOfTheStreamIsPassedOn) {
    const auto seen = walk(Reader(
        std::make_unique<Trickle>("<a><b>", Error(ErrorKind::item, codes::file_unreadable, "the disk says no"))));
    EXPECT_EQ(seen.back(), "!file.unreadable");
}

TEST(XmlReader, RefusesDocumentTypesAndEntities) {
    EXPECT_EQ(walk("<!DOCTYPE a [<!ENTITY e 'boum'>]><a>&e;</a>").back(), "!xml.malformed");
    EXPECT_EQ(walk("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>").back(), "!xml.malformed");
    EXPECT_EQ(walk("<a>&e;</a>").back(), "!xml.malformed");
}

TEST(XmlReader, RefusesWhatIsCutOrNotXml) {
    EXPECT_EQ(walk("<a><b>").back(), "!xml.malformed");
    EXPECT_EQ(walk("<a></b>").back(), "!xml.malformed");
    EXPECT_EQ(walk("").back(), "!xml.malformed");
    EXPECT_EQ(walk("502 Bad Gateway").back(), "!xml.malformed");
    EXPECT_EQ(walk("<a>\xff\xfe</a>").back(), "!xml.malformed");
}

TEST(XmlReader, KeepsItsBounds) {
    EXPECT_EQ(walk("<a><b><c/></b></a>", {.max_depth = 1}).back(), "!xml.malformed");
    EXPECT_EQ(walk("<a><b/></a>", {.max_depth = 1}).back(), "-a@0");
    EXPECT_EQ(walk("<a>" + std::string(1000, ' ') + "</a>", {.max_bytes = 500}).back(), "!xml.malformed");
}

TEST(XmlReader, AnErrorStays) {
    Reader reader("<a></b>");
    while (true) {
        const auto more = reader.next();
        if (!more) break;
        ASSERT_TRUE(*more);
    }
    const auto again = reader.next();
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().message, HasSubstr("line 1"));
}

} // namespace passerelle::xml
