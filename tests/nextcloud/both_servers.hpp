// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "tests/contract/client_subject.hpp"
#include "tests/program/scene.hpp"

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace passerelle::program {

/// A real Nextcloud and the double beside it: the same commands go to both, and both must hold the same afterwards. The
/// real one is named by NEXTCLOUD_URL, NEXTCLOUD_USER and NEXTCLOUD_PASSWORD_FILE (tests/nextcloud/with sets them);
/// skipped where none is.
class BothServers : public ::testing::Test {
  protected:
    void SetUp() override;

    /// Runs the same words against the double and the real server, each with a journal of its own. Both must end with
    /// this exit code.
    void run_on_both(const Words& words, int exit_code);
    /// Codes by source path of the migration that was begun last there, the same on both.
    [[nodiscard]] std::multimap<std::string, std::string> reasons_on_both() const;
    /// Somebody writes a file there, in the place of what may stand at the path.
    void write_on_both(const std::string& path, const std::string& bytes);
    /// Both hold the same below the folder; answers what. Times since `started` (seconds since 1970) come from the
    /// servers' clocks, and are not compared.
    fakes::TreeSnapshot expect_same_trees(std::int64_t started);

    /// The folder on both, with which a real server is left as it was.
    [[nodiscard]] const std::string& folder() const { return real_->folder(); }
    /// Everything below it on the real server, by path from there, asked for with one PROPFIND a folder.
    [[nodiscard]] fakes::TreeSnapshot listing() const;
    /// The double's tree in the same words: what lies below the folder, without what a listing does not tell.
    [[nodiscard]] fakes::TreeSnapshot listing_of_double() const;

    Scene scene;

  private:
    [[nodiscard]] Words for_real(Words words) const;
    [[nodiscard]] fakes::TreeEntry known_of(const nextcloud::RemoteEntry& entry) const;

    std::unique_ptr<contract::Subject> real_;
    std::unique_ptr<nextcloud::Nextcloud> double_;
};

} // namespace passerelle::program
