// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/jobs/job_folder.hpp"
#include "daemon/jobs/outgoing.hpp"
#include "daemon/jobs/packing.hpp"
#include "daemon/jobs/run_state.hpp"
#include "daemon/plan/plan.hpp"

namespace passerelle::jobs {

/// Takes documents out of scratch and gives each to a worker: planned -> converted, or planned with the original's own
/// place where it was kept. One run() a worker.
class ConvertStage {
  public:
    ConvertStage(convert::Converter& converter, const JobFolder& folder, const plan::Choices& choices,
                 UnconvertedQueue& in, OutgoingQueue& out, const Packing& packing, RunState& state)
        : converter_(converter), folder_(folder), originals_(choices.originals),
          only_faithful_(choices.convert.only_faithful), in_(in), out_(out), packing_(packing), state_(state) {}

    /// Works until the queue is closed and empty, or the run ends.
    void run();

  private:
    void convert(Unconverted document);
    void keep(Unconverted& document, const convert::Verdict& verdict);
    void hand_on(Unconverted& document, const convert::Verdict& verdict, const std::filesystem::path& output);

    convert::Converter& converter_;
    const JobFolder& folder_;
    const Originals originals_;
    const bool only_faithful_;
    UnconvertedQueue& in_;
    OutgoingQueue& out_;
    const Packing& packing_;
    RunState& state_;
};

} // namespace passerelle::jobs
