# Every library that claribi uses. Each one's header has one home file; the
# list of homes is in scripts/check-layers. Debian 12's versions are the floor.
find_package(PkgConfig REQUIRED)
find_package(fmt 9.1 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(simdjson 3.0 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
# Only its headers: lib/net loads the library when the first request is made,
# so that a command without a network does not pay for it.
find_package(CURL 7.88 REQUIRED)
# The same for libjq, which --jq loads.
find_path(JQ_INCLUDE_DIR jq.h REQUIRED)
find_package(date 3.0 REQUIRED)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc>=2.6)
pkg_check_modules(libevent REQUIRED IMPORTED_TARGET
  libevent_extra>=2.1.12 libevent_core>=2.1.12)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
if(CLARIBI_DEVELOPER)
  find_package(doctest 2.4 REQUIRED)
  find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
endif()
