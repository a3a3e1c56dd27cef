// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/ods_package.hpp"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <sstream>
#include <stdexcept>

namespace passerelle::report {
namespace {

/// Two good pieces, then what `last` says.
Pieces pieces_ending_in(std::function<Result<std::string>()> last) {
    return [last = std::move(last), given = 0]() mutable -> Result<std::string> {
        if (given++ < 2) return std::string(100'000, 'x');
        return last();
    };
}

class OdsPackage : public ::testing::Test {
  protected:
    OdsPackage() {
        std::string pattern = (std::filesystem::temp_directory_path() / "passerelle-package-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = pattern;
        ::setenv("TMPDIR", folder_.c_str(), 1);
    }
    ~OdsPackage() override {
        before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1);
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] bool left_nothing() const { return std::filesystem::is_empty(folder_); }

  private:
    std::string before_ = std::getenv("TMPDIR") == nullptr ? "" : std::getenv("TMPDIR");
    std::filesystem::path folder_;
};

} // namespace

TEST_F(OdsPackage, AnErrorAmongThePiecesIsTheAnswer) {
    std::ostringstream out;
    const auto failing = pieces_ending_in([] { return Error(ErrorKind::job, "journal.unavailable", ""); });
    const auto written = write_package("type", {{"content.xml", failing}}, {}, out);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "journal.unavailable");
    EXPECT_TRUE(out.str().empty());
    EXPECT_TRUE(left_nothing());
}

TEST_F(OdsPackage, AnExceptionPassesByTheZipLibrary) {
    std::ostringstream out;
    const auto throwing = pieces_ending_in([]() -> Result<std::string> { throw std::logic_error("broken"); });
    EXPECT_THROW((void)write_package("type", {{"content.xml", throwing}}, {}, out), std::logic_error);
    EXPECT_TRUE(out.str().empty());
    EXPECT_TRUE(left_nothing());
}

TEST_F(OdsPackage, ManyPiecesAreOnePart) {
    std::ostringstream out;
    const auto whole = pieces_ending_in([] { return std::string(); });
    ASSERT_TRUE(write_package("type", {{"content.xml", whole}}, {}, out));
    EXPECT_GT(out.str().size(), 200u);
    EXPECT_LT(out.str().size(), 10'000u) << "compressed";
    EXPECT_TRUE(left_nothing());
}

} // namespace passerelle::report
