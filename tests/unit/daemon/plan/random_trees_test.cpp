// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/unicode.hpp"
#include "tests/unit/daemon/plan/plan_kit.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace passerelle::plan {

namespace {

/// The server's own check (lib/private/Files/FilenameValidator.php), written down independently of the code under test.
std::string complaint(const std::string& name, const nextcloud::NameRules& rules) {
    const auto key = unicode::case_key(name);
    const auto basename = key.substr(0, key.find('.', 1));
    const auto holds = [](const std::vector<std::string>& list, const std::string& value) {
        return std::ranges::find(list, value) != list.end();
    };
    if (name.find_first_not_of(' ') == std::string::npos || name == "." || name == "..") return "empty";
    if (name.size() > rules.max_name_bytes) return "too long";
    if (holds(rules.forbidden_names, key) || holds(rules.forbidden_basenames, basename)) return "reserved";
    for (const auto& extension : rules.forbidden_extensions)
        if (key.ends_with(extension)) return "extension " + extension;
    for (const auto& character : rules.forbidden_characters)
        if (name.find(character) != std::string::npos) return "character " + character;
    if (std::ranges::any_of(name, [](unsigned char c) { return c < 0x20; })) return "control character";
    if (unicode::nfc(name) != name) return "not in form C";
    if (unicode::repaired(name, "?") != name) return "no UTF-8";
    return "";
}

/// Exports and servers full of what makes names difficult, from a few letters so that they meet often.
class Chance {
  public:
    explicit Chance(unsigned seed) : engine_(seed) {}

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }

    std::string name() {
        static const std::vector<std::string> kParts{"a",    "A",         "é",     "e\xCC\x81", "É",    "ß",     "ss",
                                                     "_",    ":",         "\\",    "?",         " ",    ".",     "con",
                                                     "\x01", "😀",         ".docx", ".doc",      ".odt", ".part", " (2)",
                                                     "\xFF", ".htaccess", ".",     "Originaux", "/"};
        std::string made;
        for (auto count = 1 + below(3); count > 0; --count)
            made += kParts[below(kParts.size() - 1)];
        if (below(30) == 0) made.insert(0, std::string(245 + below(12), 'x'));
        return made;
    }

    sources::Inventory export_of(std::size_t count) {
        sources::Inventory made;
        std::vector<std::string> folders{""};
        for (std::size_t index = 0; index < count; ++index) {
            auto path = folders[below(folders.size())] + name();
            const bool folder = below(4) == 0;
            if (folder) folders.push_back(path + "/");
            made.items.push_back(item(folder ? path + "/" : path, below(3)));
            if (below(4) == 0) made.items.back().title = name() + (below(2) == 0 ? "/x" : "");
            if (below(20) == 0) made.items.back().kind = ItemKind::stub;
            if (below(20) == 0) made.items.back().leave_out = true;
        }
        return made;
    }

    void fill(MemoryTarget& target, const nextcloud::NameRules& rules) {
        std::vector<std::string> folders{"", "Originaux/"};
        std::set<std::string> used{unicode::case_key("Originaux")};
        for (int index = 0; index < 30; ++index) {
            const auto entry = name();
            const auto path = folders[below(folders.size())] + entry;
            if (!complaint(entry, rules).empty() || !used.insert(unicode::case_key(path)).second) continue;
            if (below(2) == 0)
                target.add_file(path, below(3));
            else
                target.add_folder(path);
            if (target.holds_folder(path)) folders.push_back(path + "/");
        }
    }

  private:
    std::mt19937 engine_;
};

/// All places that a plan may write to.
std::vector<std::string> places_of(const PlannedItem& planned) {
    if (planned.action == Action::skip) return {};
    if (planned.action == Action::upload) return {planned.target};
    if (planned.kept_target == planned.original_target) return {planned.target, planned.kept_target};
    return {planned.target, planned.kept_target, planned.original_target};
}

std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> parts;
    for (std::size_t start = 0, end = 0; end < path.size(); start = end + 1) {
        end = std::min(path.find('/', start), path.size());
        parts.push_back(path.substr(start, end - start));
    }
    return parts;
}

void expect_sound(const sources::Inventory& made, const Plan& plan, MemoryTarget& target,
                  const nextcloud::NameRules& rules) {
    ASSERT_EQ(plan.items.size(), made.items.size());
    std::map<std::string, std::string> spelling; // of every folder and file, by case_key of its path
    std::set<std::string> places;
    std::set<std::string> files;
    for (std::size_t index = 0; index < plan.items.size(); ++index) {
        const auto& planned = plan.items[index];
        EXPECT_EQ(planned.item, index);
        EXPECT_TRUE(planned.action != Action::skip || !planned.reasons.empty());
        EXPECT_EQ(planned.action == Action::skip, planned.target.empty());
        const bool folder = made.items[index].kind == ItemKind::folder;
        for (const auto& place : places_of(planned)) {
            std::string prefix;
            for (const auto& part : parts_of(place)) {
                EXPECT_EQ(complaint(part, rules), "") << place;
                prefix += (prefix.empty() ? "" : "/") + part;
                const auto [known, fresh] = spelling.try_emplace(unicode::case_key(prefix), prefix);
                EXPECT_EQ(known->second, prefix) << "differs from another path by case only";
            }
            EXPECT_TRUE(places.insert(place).second) << place << " twice";
            if (folder) continue;
            files.insert(place);
            EXPECT_FALSE(target.holds_folder(place)) << place;
            const auto parent =
                place.substr(0, place.find_last_of('/') == std::string::npos ? 0 : place.find_last_of('/'));
            const auto standing = target.list(parent).value();
            for (const auto& entry : standing.value_or(std::vector<Target::Entry>{}))
                EXPECT_NE(unicode::case_key(entry.name), unicode::case_key(parts_of(place).back()))
                    << place << " stands there";
        }
    }
    for (const auto& [key, path] : spelling)
        if (!files.contains(path)) {
            EXPECT_FALSE(target.holds_file(path)) << path << " has to be a folder";
        }
}

bool same(const Plan& one, const Plan& other) {
    return std::ranges::equal(one.items, other.items, [](const PlannedItem& left, const PlannedItem& right) {
        return left.target == right.target && left.kept_target == right.kept_target && left.action == right.action &&
               left.original_target == right.original_target && left.existing == right.existing &&
               left.reasons == right.reasons;
    });
}

} // namespace

TEST(RandomTrees, EveryPlanIsSound) {
    const std::vector<nextcloud::NameRules> all_rules{rules_of_34(), rules_of_28(), rules_for_windows()};
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        Chance chance(seed);
        const auto& rules = all_rules[seed % all_rules.size()];
        const auto made = chance.export_of(1 + chance.below(120));
        Choices choices;
        choices.originals = std::array{Originals::folder, Originals::beside, Originals::discard}[chance.below(3)];
        MemoryTarget target;
        if (seed % 2 == 0) chance.fill(target, rules);
        const auto plan = plan_of(made, choices, target, rules);

        auto asked = target.asked;
        std::ranges::sort(asked);
        EXPECT_TRUE(std::ranges::adjacent_find(asked) == asked.end()) << "a folder was asked for twice";
        for (const auto& folder : asked)
            EXPECT_TRUE(target.holds_folder(folder)) << folder;

        expect_sound(made, plan, target, rules);
        EXPECT_TRUE(same(plan, plan_of(made, choices, target, rules))) << "the same question, another answer";
        if (HasFailure()) return;
    }
}

} // namespace passerelle::plan
