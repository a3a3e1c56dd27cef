// SPDX-License-Identifier: AGPL-3.0-or-later
// The small parts of the service, each alone.
#include "core/reason_codes.hpp"
#include "daemon/service/contents.hpp"
#include "daemon/service/night_window.hpp"
#include "daemon/service/pacer.hpp"
#include "daemon/service/vault.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <thread>

namespace passerelle::service {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::minutes;

TEST(NightWindow, MayPassOverMidnight) {
    const auto night = *NightWindow::parse("22:00-06:30");
    EXPECT_TRUE(night.is_open(hours(22)));
    EXPECT_TRUE(night.is_open(hours(3)));
    EXPECT_FALSE(night.is_open(hours(6) + minutes(30)));
    EXPECT_FALSE(night.is_open(hours(21) + minutes(59)));
    EXPECT_EQ(night.until_open(hours(7)), hours(15));
    EXPECT_EQ(night.until_open(hours(23)), minutes(0));

    const auto lunch = *NightWindow::parse("12:00-13:00");
    EXPECT_TRUE(lunch.is_open(hours(12)));
    EXPECT_EQ(lunch.until_open(hours(13)), hours(23));
    EXPECT_TRUE(NightWindow::parse("")->is_open(hours(4)));
}

TEST(NightWindow, RefusesWhatIsNoSpan) {
    for (const auto* text :
         {"22-6", "22:00", "24:00-06:00", "22:60-06:00", "22:00-22:00", "a:00-06:00", "22:00-06:00 ", "-"})
        EXPECT_FALSE(NightWindow::parse(text)) << text;
}

std::chrono::steady_clock::time_point pacer_now;

TEST(Pacer, OwesWhatWasSentTooFast) {
    pacer_now = {};
    Pacer pacer([] { return pacer_now; });
    pacer.sent(1'000'000, {});
    EXPECT_EQ(pacer.debt().count(), 0) << "without a bound nobody owes anything";
    pacer.bound(1000);
    std::stop_source stopped;
    stopped.request_stop();
    pacer.sent(5000, stopped.get_token());
    EXPECT_EQ(pacer.debt().count(), 5000);
    pacer_now += std::chrono::seconds(3);
    EXPECT_EQ(pacer.debt().count(), 2000);
    pacer.bound(4000);
    EXPECT_EQ(pacer.debt().count(), 500);
    pacer.bound(0);
    EXPECT_EQ(pacer.debt().count(), 0);
}

TEST(Pacer, AWiderBoundWakesWhoeverWaits) {
    Pacer pacer;
    pacer.bound(1);
    std::jthread sender([&] { pacer.sent(1'000'000, {}); });
    while (pacer.debt().count() == 0)
        std::this_thread::yield();
    pacer.bound(0);
    sender.join(); // ends: this test would take eleven days otherwise
}

struct VaultTest : testing::Test {
    VaultTest() {
        auto pattern = (fs::temp_directory_path() / "passerelle-vault-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
    }
    ~VaultTest() override { fs::remove_all(folder); }
    fs::path folder;
};

TEST_F(VaultTest, OnlyItsKeyOpensWhatItSealed) {
    const auto vault = *Vault::open(folder / "key");
    const auto sealed = vault.seal(Secret("geheim"));
    EXPECT_EQ(sealed.find("geheim"), std::string::npos);
    EXPECT_NE(sealed, vault.seal(Secret("geheim"))) << "equal secrets do not look equal";
    EXPECT_EQ(Vault::open(folder / "key")->unseal(sealed)->reveal(), "geheim");
    EXPECT_FALSE(Vault::open(folder / "other")->unseal(sealed));
    auto changed = sealed;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    EXPECT_FALSE(vault.unseal(changed));
    EXPECT_FALSE(vault.unseal("short"));
    EXPECT_EQ(fs::status(folder / "key").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(VaultTest, RefusesAKeyThatOthersMayReadOrThatIsNone) {
    ASSERT_TRUE(Vault::open(folder / "key"));
    fs::permissions(folder / "key", fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(Vault::open(folder / "key").error().code, codes::service_key_unusable);
    std::ofstream(folder / "short") << "too short";
    fs::permissions(folder / "short", fs::perms::owner_read);
    EXPECT_EQ(Vault::open(folder / "short").error().code, codes::service_key_unusable);
    EXPECT_EQ(Vault::open(folder / "missing/key").error().code, codes::service_key_unusable);
}

TEST(Contents, KnowsKindsByTheirExtension) {
    EXPECT_EQ(kind_of("a/Budget.XLSX"), "spreadsheets");
    EXPECT_EQ(kind_of("a.b/README"), "other");
    EXPECT_EQ(kind_of("photo.jpeg"), "images");
    EXPECT_EQ(kind_of("x.sx"), "other") << "only whole extensions count";
}

} // namespace
} // namespace passerelle::service
