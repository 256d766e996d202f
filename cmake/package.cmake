# The Debian package: `cpack --config build/release/CPackConfig.cmake`.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME claribi)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "The claribi authors <nobody@claribi.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION "Product analytics in the shell
 claribi asks PostHog through its MCP server, read-only, and answers in words,
 numbers and charts, or as JSON, CSV and Vega-Lite for scripts. A demo source
 is built in.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What is loaded when it is needed, and read, but not linked.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libcurl4, ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libjq1, man-db")
include(CPack)
