// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/digest.hpp"

#include <algorithm>
#include <set>

namespace passerelle::report {
namespace {

constexpr std::size_t kPage = 500;

class GroupsByCode {
  public:
    void add(const Reason& reason, const journal::Item& item) {
        auto& group = groups_[reason.code];
        if (group.items++ == 0) group.reason = reason;
        if (group.first.size() < Group::kGroupShown) group.first.push_back(item);
    }

    Groups most_frequent_first() && {
        Groups sorted;
        for (auto& [code, group] : groups_)
            sorted.push_back(std::move(group));
        std::ranges::stable_sort(sorted, std::ranges::greater(), &Group::items);
        return sorted;
    }

  private:
    std::map<std::string, Group> groups_;
};

/// Takes the items of a walk one after the other.
class Collector {
  public:
    void add(const journal::Item& item) {
        digest_.all.add(item);
        digest_.folders[folder_of(item)].add(item);
        count_reasons(item);
        count_document(item);
        for (const auto& upload : item.uploads)
            if (upload.state == journal::UploadState::arrived) digest_.arrived_bytes += upload.size;
        group(item);
    }

    Digest finish() && {
        digest_.failed = std::move(failed_).most_frequent_first();
        digest_.to_check = std::move(to_check_).most_frequent_first();
        digest_.uncompared = std::move(uncompared_).most_frequent_first();
        digest_.own_format = std::move(own_format_).most_frequent_first();
        digest_.renamed = std::move(renamed_).most_frequent_first();
        digest_.left_out = std::move(left_out_).most_frequent_first();
        return std::move(digest_);
    }

  private:
    void count_reasons(const journal::Item& item) {
        std::set<std::string_view> codes; // an item may carry a code twice: two sheets of a workbook
        for (const Reason& reason : item.reasons)
            if (codes.insert(reason.code).second) ++digest_.reasons[reason.code];
    }

    void count_document(const journal::Item& item) {
        if (item.state != ItemState::done || !item.verdict) return;
        switch (*item.verdict) {
        case VerdictKind::faithful:
            ++digest_.faithful;
            break;
        case VerdictKind::check:
            ++digest_.check;
            if (!needs_attention(item)) ++digest_.not_compared;
            break;
        case VerdictKind::kept:
            ++digest_.kept;
            break;
        }
    }

    void group(const journal::Item& item) {
        const auto reason = leading_reason(item);
        const bool attention = needs_attention(item);
        if (attention) ++digest_.attention;
        if (item.state == ItemState::failed) {
            if (item.retryable) ++digest_.retryable;
            failed_.add(reason, item);
            return;
        }
        if (attention) to_check_.add(reason, item);
        if (item.state == ItemState::skipped) {
            left_out_.add(reason, item);
            return;
        }
        if (!attention && item.verdict == VerdictKind::kept) own_format_.add(reason, item);
        if (!attention && item.verdict == VerdictKind::check) uncompared_.add(reason, item);
        const auto name = std::ranges::find_if(item.reasons, tells_of_a_name);
        if (name != item.reasons.end()) renamed_.add(*name, item);
    }

    Digest digest_;
    GroupsByCode failed_;
    GroupsByCode to_check_;
    GroupsByCode uncompared_;
    GroupsByCode own_format_;
    GroupsByCode renamed_;
    GroupsByCode left_out_;
};

} // namespace

Tally& Tally::operator+=(const Tally& other) {
    files += other.files;
    folders += other.folders;
    bytes += other.bytes;
    return *this;
}

void Sums::add(const journal::Item& item) {
    const bool folder = item.kind == ItemKind::folder;
    tallies_[static_cast<std::size_t>(outcome_of(item.state))] += Tally{folder ? 0u : 1u, folder ? 1u : 0u, item.size};
}

Sums& Sums::operator+=(const Sums& other) {
    for (const auto outcome : kOutcomes)
        tallies_[static_cast<std::size_t>(outcome)] += other.of(outcome);
    return *this;
}

Tally Sums::seen() const {
    Tally sum;
    for (const Tally& tally : tallies_)
        sum += tally;
    return sum;
}

std::string folder_of(const journal::Item& item) {
    const std::string_view path = item.source_path;
    const auto first = path.find('/');
    const auto second = first == std::string_view::npos ? first : path.find('/', first + 1);
    if (second != std::string_view::npos) return std::string(path.substr(0, second));
    if (item.kind == ItemKind::folder) return std::string(path);
    return std::string(path.substr(0, first == std::string_view::npos ? 0 : first));
}

Result<void> for_each_item(journal::Journal& journal, JobId job,
                           const std::function<bool(const journal::Item&)>& visit) {
    for (ItemId after{0};;) {
        auto page = journal.items(job, {}, after, kPage);
        if (!page) return failure(page);
        for (const auto& item : *page)
            if (!visit(item)) return {};
        if (page->size() < kPage) return {};
        after = page->back().id;
    }
}

Result<Digest> digest_of(journal::Journal& journal, JobId job) {
    Collector collector;
    auto walked = for_each_item(journal, job, [&](const journal::Item& item) {
        collector.add(item);
        return true;
    });
    if (!walked) return failure(walked);
    return std::move(collector).finish();
}

} // namespace passerelle::report
