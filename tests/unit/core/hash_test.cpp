// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/hash.hpp"

#include <gtest/gtest.h>

namespace passerelle {

TEST(Hash, Sha256OfTheStandardsExample) {
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, Md5InPiecesIsMd5OfTheWhole) {
    Hasher hasher(HashAlgorithm::md5);
    hasher.update("message ");
    hasher.update("digest");
    EXPECT_EQ(hasher.finish(), "f96b697d7cb7938d525a2f31aaf161d0");
}

TEST(Hash, Crc32GoesOnWhereItStopped) {
    const std::string_view text = "123456789";
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    EXPECT_EQ(crc32_update(crc32_update(0, bytes.first(4)), bytes.subspan(4)), 0xcbf43926u);
}

} // namespace passerelle
