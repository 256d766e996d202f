# claribi_module(NAME USES modules... LINKS libraries... SOURCES files...)
#
# One static library per folder of lib/. USES is the row of the layer table:
# scripts/check-layers reads it from lib/CMakeLists.txt, so the build and the
# check cannot disagree.
function(claribi_module name)
  cmake_parse_arguments(arg "" "" "USES;LINKS;SOURCES" ${ARGN})
  list(TRANSFORM arg_SOURCES PREPEND "${name}/")
  add_library(claribi_${name} STATIC ${arg_SOURCES})
  list(TRANSFORM arg_USES PREPEND claribi_)
  target_link_libraries(claribi_${name}
    PUBLIC claribi_flags ${arg_USES}
    PRIVATE fmt::fmt ${arg_LINKS})
endfunction()
