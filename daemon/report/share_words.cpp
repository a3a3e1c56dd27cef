// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/share_words.hpp"

namespace passerelle::report {

using journal::ShareLine;
using journal::ShareState;
using journal::TeamAct;
using journal::TeamChange;

namespace {

// Of Nextcloud's permission bits (OCP\Constants) those that change the word.
constexpr std::uint32_t kUpdate = 2;
constexpr std::uint32_t kShare = 16;

} // namespace

Phrase right_of(const ShareLine& line) {
    if ((line.permissions & kShare) != 0) return {"modifier et partager", "change and share"};
    if ((line.permissions & kUpdate) != 0) return {"modifier", "change"};
    if (!line.may_download) return {"lire, sans télécharger", "read, without download"};
    return {"lire", "read"};
}

Phrase name_of(ShareState state) {
    switch (state) {
    case ShareState::planned:
        return {"pas encore fait", "not yet made"};
    case ShareState::made:
        return {"partagé", "shared"};
    case ShareState::changed:
        return {"corrigé", "corrected"};
    case ShareState::left:
        return {"existait déjà", "stood already"};
    case ShareState::refused:
        return {"refusé", "refused"};
    case ShareState::gone:
        return {"retiré depuis", "removed since"};
    case ShareState::undone:
        return {"annulé", "undone"};
    }
    return {};
}

Phrase kind_of(journal::SharedWith with) {
    switch (with) {
    case journal::SharedWith::user:
    case journal::SharedWith::email:
        return {};
    case journal::SharedWith::group:
        return {"groupe", "group"};
    case journal::SharedWith::team:
        return {"équipe", "team"};
    }
    return {};
}

Phrase name_of(TeamAct act) {
    switch (act) {
    case TeamAct::folder:
        return {"dossier créé", "folder made"};
    case TeamAct::group:
        return {"groupe créé", "group made"};
    case TeamAct::member:
        return {"compte ajouté au groupe", "account added to the group"};
    case TeamAct::admission:
        return {"groupe admis", "group let in"};
    case TeamAct::rules:
        return {"permissions avancées", "advanced permissions"};
    case TeamAct::advanced:
        return {"permissions avancées activées", "advanced permissions switched on"};
    case TeamAct::manager:
        return {"peut régler les permissions avancées", "may set advanced permissions"};
    }
    return {};
}

std::vector<std::string_view> objects_of(const TeamChange& change) {
    switch (change.act) {
    case TeamAct::folder:
    case TeamAct::advanced:
        return {};
    case TeamAct::group:
    case TeamAct::admission:
    case TeamAct::manager:
        return {change.subject};
    case TeamAct::member:
        return {change.path, change.subject};
    case TeamAct::rules:
        return {change.path};
    }
    return {};
}

Phrase state_of(const TeamChange& change) {
    const bool done = change.state == ShareState::made || change.state == ShareState::changed;
    return done ? Phrase{"fait", "done"} : name_of(change.state);
}

} // namespace passerelle::report
