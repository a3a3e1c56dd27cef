# SPDX-License-Identifier: AGPL-3.0-or-later
# `cmake --install` for a system, and a Debian package by CPack (scripts/package builds it).
install(FILES systemd/passerelle.service DESTINATION lib/systemd/system)
install(FILES systemd/passerelle.sysusers DESTINATION lib/sysusers.d RENAME passerelle.conf)
install(FILES systemd/passerelle.tmpfiles DESTINATION lib/tmpfiles.d RENAME passerelle.conf)
install(FILES systemd/passerelle.bash-completion DESTINATION share/bash-completion/completions RENAME passerelle)
install(FILES README.md docs/admin.md docs/admin.fr.md docs/conversion.md docs/conversion.fr.md docs/guide.fr.md
              docs/report-format.md docs/sharing.md docs/sharing.fr.md docs/synchronisation.md docs/synchronisation.fr.md
        DESTINATION share/doc/passerelle)
install(FILES config/passerelle.example.toml DESTINATION /etc/passerelle RENAME passerelle.toml
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)

set(CPACK_PACKAGE_CONTACT "The Passerelle authors <passerelle@example.org>")
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)

# Debian wants manuals and its changelog compressed, and the licence under the name "copyright" (Policy 12.1, 12.5, 12.7).
set(packaging ${CMAKE_BINARY_DIR}/packaging)
file(MAKE_DIRECTORY ${packaging})
function(install_compressed file destination name)
  execute_process(COMMAND gzip -9nc ${file} OUTPUT_FILE ${packaging}/${name}.gz COMMAND_ERROR_IS_FATAL ANY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  install(FILES ${packaging}/${name}.gz DESTINATION ${destination})
endfunction()
install_compressed(${CMAKE_SOURCE_DIR}/docs/man/passerelle.1 share/man/man1 passerelle.1)
install_compressed(${CMAKE_SOURCE_DIR}/CHANGELOG.md share/doc/passerelle changelog)
string(TIMESTAMP today "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${packaging}/changelog.Debian
"passerelle (${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * What has changed stands in changelog.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${today}
")
install_compressed(${packaging}/changelog.Debian share/doc/passerelle changelog.Debian)
file(READ ${CMAKE_SOURCE_DIR}/LICENSE licence)
file(WRITE ${packaging}/copyright
"Passerelle brings exports of Google Drive and Dropbox to Nextcloud.

Copyright: The Passerelle authors
Licence: GNU Affero General Public License, version 3 or (at your option) any later version (AGPL-3.0-or-later)

${licence}")
install(FILES ${packaging}/copyright DESTINATION share/doc/passerelle)
install(FILES systemd/debian/lintian-overrides DESTINATION share/lintian/overrides RENAME passerelle)

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON) # the settings lie outside of /usr
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Brings exports of Google Drive and Dropbox to Nextcloud")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A service that an association's server runs beside its Nextcloud, and a
command. It reads an export (Google Takeout, a download from Google Drive or
Dropbox), shows what would go where, brings the files with their names, dates
and folders, turns office files into OpenDocument, gives shared folders their
members back and keeps a ledger that says what became of every single file.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "libreoffice-writer-nogui | libreoffice-writer, libreoffice-calc-nogui | libreoffice-calc, libreoffice-impress-nogui | libreoffice-impress, libreoffice-draw-nogui | libreoffice-draw, fonts-liberation, systemd | systemd-standalone-sysusers")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-crosextra-carlito, fonts-crosextra-caladea")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    "${CMAKE_SOURCE_DIR}/systemd/debian/postinst;${CMAKE_SOURCE_DIR}/systemd/debian/prerm;${CMAKE_SOURCE_DIR}/systemd/debian/postrm;${CMAKE_SOURCE_DIR}/systemd/debian/conffiles")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
