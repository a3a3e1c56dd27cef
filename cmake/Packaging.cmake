# SPDX-License-Identifier: AGPL-3.0-or-later
# `cmake --install` for a system, and a Debian package by CPack (scripts/package builds it).
install(FILES systemd/passerelle.service DESTINATION lib/systemd/system)
install(FILES systemd/passerelle.sysusers DESTINATION lib/sysusers.d RENAME passerelle.conf)
install(FILES systemd/passerelle.tmpfiles DESTINATION lib/tmpfiles.d RENAME passerelle.conf)
install(FILES systemd/passerelle.bash-completion DESTINATION share/bash-completion/completions RENAME passerelle)
install(FILES docs/man/passerelle.1 DESTINATION share/man/man1)
install(FILES README.md LICENSE CHANGELOG.md docs/admin.md docs/admin.fr.md docs/conversion.md docs/conversion.fr.md docs/sharing.md
              docs/sharing.fr.md docs/report-format.md
        DESTINATION share/doc/passerelle)
install(FILES config/passerelle.example.toml DESTINATION /etc/passerelle RENAME passerelle.toml
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)

set(CPACK_GENERATOR DEB)
set(CPACK_SET_DESTDIR ON) # the settings lie outside of /usr
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "The Passerelle authors <passerelle@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Brings exports of Google Drive and Dropbox to Nextcloud")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "libreoffice-writer-nogui | libreoffice-writer, libreoffice-calc-nogui | libreoffice-calc, libreoffice-impress-nogui | libreoffice-impress, libreoffice-draw-nogui | libreoffice-draw, fonts-liberation")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-crosextra-carlito, fonts-crosextra-caladea")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    "${CMAKE_SOURCE_DIR}/systemd/debian/postinst;${CMAKE_SOURCE_DIR}/systemd/debian/prerm;${CMAKE_SOURCE_DIR}/systemd/debian/postrm;${CMAKE_SOURCE_DIR}/systemd/debian/conffiles")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
