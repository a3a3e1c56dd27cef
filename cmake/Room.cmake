# SPDX-License-Identifier: AGPL-3.0-or-later
# passerelle_room(NAME [SOURCES file...] [USES room...] [LINKS library...])
#
# One static library `passerelle_NAME` a room. USES names the rooms below it (public: their headers stand in this
# room's headers); LINKS names third-party libraries, private: no header of theirs may stand in a room's public header.
# scripts/check holds the include lines against docs/architecture.md's table of rooms.
function(passerelle_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LINKS" ${ARGN})
  add_library(passerelle_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(passerelle_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  list(TRANSFORM ROOM_USES PREPEND passerelle_)
  target_link_libraries(passerelle_${name} PUBLIC ${ROOM_USES} PRIVATE ${ROOM_LINKS})
endfunction()
