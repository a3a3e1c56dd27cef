// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/slices.hpp"
#include "core/reason_codes.hpp"

#include <gtest/gtest.h>

namespace passerelle::dav {
namespace {

/// Counts how often it is opened.
class Counted final : public Content {
  public:
    explicit Counted(std::string bytes, std::uint64_t announced) : bytes_(std::move(bytes)), announced_(announced) {}
    std::uint64_t size() const override { return announced_; }
    Result<std::unique_ptr<ByteReader>> open() const override {
        ++opened;
        return bytes_.open();
    }
    mutable int opened = 0;

  private:
    MemoryContent bytes_;
    std::uint64_t announced_;
};

std::string bytes_of(const Content& content) {
    return read_all(content, 1000).value();
}

} // namespace

TEST(Slices, InTheirOrderTheWholeIsReadOnce) {
    const auto whole = std::make_shared<Counted>("0123456789", 10);
    const Slices slices(whole);
    EXPECT_EQ(bytes_of(*slices.slice(0, 4)), "0123");
    EXPECT_EQ(bytes_of(*slices.slice(4, 4)), "4567");
    EXPECT_EQ(bytes_of(*slices.slice(8, 2)), "89");
    EXPECT_EQ(whole->opened, 1);
}

TEST(Slices, ASliceCanBeReadAgain) {
    const auto whole = std::make_shared<Counted>("0123456789", 10);
    const Slices slices(whole);
    const auto slice = slices.slice(4, 4);
    EXPECT_EQ(bytes_of(*slice), "4567");
    EXPECT_EQ(bytes_of(*slice), "4567");
    EXPECT_EQ(whole->opened, 2);
}

TEST(Slices, ASliceThatWasLeftHalfReadDoesNotShiftTheNext) {
    const Slices slices(std::make_shared<Counted>("0123456789", 10));
    std::array<std::byte, 2> two{};
    const auto slice = slices.slice(0, 4);
    ASSERT_EQ((*slice->open().value()).read(two).value(), 2u);
    EXPECT_EQ(bytes_of(*slices.slice(4, 4)), "4567");
}

TEST(Slices, AnEmptyContentHasAnEmptySlice) {
    EXPECT_EQ(bytes_of(*Slices(std::make_shared<Counted>("", 0)).slice(0, 0)), "");
}

TEST(Slices, AContentThatEndsEarlyHasChanged) {
    const Slices slices(std::make_shared<Counted>("0123", 10));
    EXPECT_EQ(read_all(*slices.slice(0, 10), 100).error().code, codes::file_changed);
    EXPECT_EQ(slices.slice(8, 2)->open().error().code, codes::file_changed);
}

} // namespace passerelle::dav
