// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/jobs/job_folder.hpp"
#include "daemon/jobs/outgoing.hpp"
#include "daemon/jobs/packing.hpp"
#include "daemon/jobs/run_state.hpp"
#include "daemon/plan/names.hpp"
#include "daemon/plan/plan.hpp"

namespace passerelle::jobs {

/// Takes documents out of scratch and gives each to a worker: planned -> converted, or planned with the original's own
/// place where it was kept. One run() a worker.
class ConvertStage {
  public:
    ConvertStage(convert::Converter& converter, const JobFolder& folder, const plan::Choices& choices,
                 const nextcloud::NameRules& names, UnconvertedQueue& in, OutgoingQueue& out, const Packing& packing,
                 RunState& state)
        : converter_(converter), folder_(folder), originals_(choices.originals), choice_(choices.convert),
          names_(names), in_(in), out_(out), packing_(packing), state_(state) {}

    /// Works until the queue is closed and empty, or the run ends.
    void run();

  private:
    void convert(Unconverted document);
    void keep(Unconverted& document, const convert::Verdict& verdict);
    [[nodiscard]] std::vector<std::string> targets_of_format(const std::string& planned,
                                                             const std::string& format) const;
    [[nodiscard]] bool named_by_content(const journal::Converted& converted, std::string& target);
    void hand_on(Unconverted& document, const convert::Verdict& verdict, const std::filesystem::path& output);

    convert::Converter& converter_;
    const JobFolder& folder_;
    const Originals originals_;
    const plan::ConvertChoice choice_;
    const plan::NameCleaner names_;
    UnconvertedQueue& in_;
    OutgoingQueue& out_;
    const Packing& packing_;
    RunState& state_;
};

} // namespace passerelle::jobs
