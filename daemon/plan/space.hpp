// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/plan/plan.hpp"

namespace passerelle::plan {

/// What the plan needs.
///
/// On the server: every file that is uploaded, except those that stand there already with the same size; for a document
/// that is converted the original and the converted copy (also with Originals::discard, which keeps the original
/// wherever the verdict is not faithful). The copy is taken to be as large as the original and 16 KiB: both families
/// are zips of XML with the same pictures in them, the older binary formats shrink, and the constant is what an empty
/// OpenDocument file weighs.
///
/// On this machine: for each worker the document in its hands and one that is finished and waits for its upload, each
/// as original and copy; so the 2 x Choices::workers largest ones.
[[nodiscard]] SpaceNeed space_need(const sources::Inventory& inventory, const std::vector<PlannedItem>& items,
                                   const Choices& choices);

} // namespace passerelle::plan
