# Every switch of the build, and the flags that our own targets get.
option(CLARIBI_DEVELOPER "Build the tests and checks" OFF)
option(CLARIBI_WERROR "Treat warnings as errors" OFF)
option(CLARIBI_SANITIZE "Build with AddressSanitizer and UBSan" OFF)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(claribi_flags INTERFACE)
target_include_directories(claribi_flags INTERFACE
  "${PROJECT_SOURCE_DIR}/lib" "${PROJECT_SOURCE_DIR}")
target_compile_options(claribi_flags INTERFACE
  -Wall -Wextra -Wformat=2 -Wconversion -Wsign-conversion -Wshadow
  -Wimplicit-fallthrough -Werror=format-security
  -fstack-protector-strong -fno-delete-null-pointer-checks
  -fno-strict-overflow -fno-strict-aliasing)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(claribi_flags INTERFACE
    -Wtrampolines -Wbidi-chars=any -ftrivial-auto-var-init=zero)
else()
  # libstdc++ 12's stable_sort calls a function that it deprecates itself.
  target_compile_options(claribi_flags INTERFACE -Wno-deprecated-declarations)
endif()
target_compile_definitions(claribi_flags INTERFACE
  _GLIBCXX_ASSERTIONS "CLARIBI_VERSION=\"${PROJECT_VERSION}\"")
target_link_options(claribi_flags INTERFACE
  -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed)

if(CLARIBI_WERROR)
  target_compile_options(claribi_flags INTERFACE -Werror)
endif()
if(CLARIBI_SANITIZE)
  target_compile_options(claribi_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(claribi_flags INTERFACE -fsanitize=address,undefined)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(claribi_flags INTERFACE
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-clash-protection
    $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection=full>)
endif()
