# How every target of this project is declared; compiler and Qt settings stand here once.

# Warnings, sanitizers and Qt hardening shared by modules, programs and tests.
function(ioc_harden target)
    target_compile_definitions(${target} PRIVATE
        QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
        QT_NO_CAST_FROM_BYTEARRAY QT_NO_CONTEXTLESS_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS
        QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
        QT_DISABLE_DEPRECATED_UP_TO=0x060800)
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
        -Wimplicit-fallthrough -Wno-missing-field-initializers -fno-omit-frame-pointer)
    if(IOC_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    if(IOC_SANITIZE)
        target_compile_options(${target} PRIVATE -fsanitize=${IOC_SANITIZE} -fno-sanitize-recover=all)
        target_link_options(${target} PRIVATE -fsanitize=${IOC_SANITIZE})
    endif()
endfunction()

# GCC 14 takes the inside of std::expected<std::optional<T>, E> for uninitialised at -O2 where continuations of futures
# are inlined; only targets that trip over it are spared the warning.
function(ioc_spare_maybe_uninitialized)
    foreach(target IN LISTS ARGN)
        if(TARGET ${target} AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
        endif()
    endforeach()
endfunction()

# ioc_add_module(NAME [SCREEN] SOURCES … [DEPENDS modules…] [QT Qt modules…] [LIBS targets…])
#
# A static library ioc_NAME. Its headers are included as <NAME/file.h>; only modules named in DEPENDS
# (and theirs) can be included. SCREEN marks a module that may use Gui, Widgets or Quick.
function(ioc_add_module name)
    cmake_parse_arguments(arg "SCREEN" "" "SOURCES;DEPENDS;QT;LIBS" ${ARGN})
    if(arg_SCREEN AND IOC_HEADLESS_ONLY)
        return()
    endif()
    if(NOT arg_SCREEN)
        foreach(module IN LISTS arg_QT)
            if(NOT module MATCHES "^(Core|Network|Sql|HttpServer|Concurrent)$")
                message(FATAL_ERROR "headless module ${name} may not use Qt ${module}")
            endif()
        endforeach()
    endif()
    set(target ioc_${name})
    add_library(${target} STATIC ${arg_SOURCES})
    # Some sources at a time are compiled as one: nearly all the time goes into Qt's headers. So names in anonymous namespaces differ
    # within a module, all but "Words" (what a file's texts are translated under).
    set_target_properties(${target} PROPERTIES IOC_SCREEN "${arg_SCREEN}"
        UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8 UNITY_BUILD_UNIQUE_ID Words)
    # One include directory a module, holding one link to its folder.
    set(published ${CMAKE_BINARY_DIR}/include/${name})
    file(MAKE_DIRECTORY ${published})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${published}/${name} SYMBOLIC)
    target_include_directories(${target} PUBLIC ${published})
    target_link_libraries(${target} PUBLIC Qt6::Core ${arg_LIBS})
    foreach(module IN LISTS arg_QT)
        target_link_libraries(${target} PUBLIC Qt6::${module})
    endforeach()
    foreach(dependency IN LISTS arg_DEPENDS)
        if(NOT TARGET ioc_${dependency})
            message(FATAL_ERROR "module ${name} depends on ${dependency}, which is not declared before it")
        endif()
        get_target_property(screen ioc_${dependency} IOC_SCREEN)
        if(screen AND NOT arg_SCREEN)
            message(FATAL_ERROR "headless module ${name} may not depend on screen module ${dependency}")
        endif()
        target_link_libraries(${target} PUBLIC ioc_${dependency})
    endforeach()
    ioc_harden(${target})
endfunction()

# ioc_add_program(NAME SOURCES … [DEPENDS modules…] [QT Qt modules…] [LIBS targets…])
function(ioc_add_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;QT;LIBS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    foreach(module IN LISTS arg_QT)
        target_link_libraries(${name} PRIVATE Qt6::${module})
    endforeach()
    foreach(dependency IN LISTS arg_DEPENDS)
        target_link_libraries(${name} PRIVATE ioc_${dependency})
    endforeach()
    target_link_libraries(${name} PRIVATE Qt6::Core ${arg_LIBS})
    ioc_harden(${name})
endfunction()

# ioc_add_test(NAME SOURCES … [DEPENDS modules…] [QT Qt modules…] [LIBS targets…] [LABELS labels…] [TIMEOUT s])
#
# A Qt Test program tst_NAME, run by ctest. Labels: unit (default), e2e, gui, faults. Tests labelled gui share one
# display, so they run one at a time. In a sanitizer build the test's name is prefixed (IOC_TEST_PREFIX).
# With IOC_HEADLESS_ONLY, tests that need a module or a part of Qt which is left out are left out too; with IOC_FUZZ, all.
function(ioc_add_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;DEPENDS;QT;LIBS;LABELS" ${ARGN})
    if(IOC_FUZZ)
        return() # that build is for the fuzz targets alone
    endif()
    if(IOC_HEADLESS_ONLY)
        foreach(needed IN LISTS arg_DEPENDS)
            if(NOT TARGET ioc_${needed})
                return()
            endif()
        endforeach()
        foreach(needed IN LISTS arg_QT)
            if(NOT TARGET Qt6::${needed})
                return()
            endif()
        endforeach()
    endif()
    ioc_add_program(tst_${name} SOURCES ${arg_SOURCES} DEPENDS ${arg_DEPENDS} QT Test ${arg_QT} LIBS ${arg_LIBS})
    target_compile_definitions(tst_${name} PRIVATE
        IOC_SOURCE_DIR="${CMAKE_SOURCE_DIR}" IOC_BINARY_DIR="${CMAKE_BINARY_DIR}")
    set(test ${IOC_TEST_PREFIX}${name})
    add_test(NAME ${test} COMMAND tst_${name})
    if(NOT arg_LABELS)
        set(arg_LABELS unit)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    # One limit for the program; Qt Test's own for a function (five minutes) would end a long one under sanitizers. It comes a little
    # before ctest's, because it tells where the program stood.
    math(EXPR function_limit "${arg_TIMEOUT} * 1000 - 5000")
    set_tests_properties(${test} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT} ENVIRONMENT QTEST_FUNCTION_TIMEOUT=${function_limit})
    if("gui" IN_LIST arg_LABELS)
        set_tests_properties(${test} PROPERTIES RESOURCE_LOCK display)
    endif()
endfunction()

# ioc_add_bench(NAME SOURCES … [DEPENDS modules…] [QT Qt modules…] [LIBS targets…])
#
# A program bench_NAME that prints `metric<TAB>value<TAB>unit` lines; built by the target "benches" only.
function(ioc_add_bench name)
    ioc_add_program(bench_${name} ${ARGN})
    target_compile_definitions(bench_${name} PRIVATE
        IOC_SOURCE_DIR="${CMAKE_SOURCE_DIR}" IOC_BINARY_DIR="${CMAKE_BINARY_DIR}")
    set_target_properties(bench_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    if(NOT TARGET benches)
        add_custom_target(benches)
    endif()
    add_dependencies(benches bench_${name})
endfunction()

# ioc_add_fuzz(NAME SOURCES … [PARTS module/file.cpp…] [DEPENDS modules…] [QT modules…])
#
# A libFuzzer program fuzz_NAME; SOURCES defines LLVMFuzzerTestOneInput. Only with IOC_FUZZ=ON (preset "fuzz", clang);
# the target "fuzzers" builds all of them and nothing else. PARTS are compiled into the program where one file of a large
# module is all it needs, so that the module is not built for it.
# Seeds are files in tests/fuzz/corpus/NAME/. ctest runs each over its seeds and for a few seconds beyond; for a
# longer search run build/fuzz/bin/fuzz_NAME FOLDER_FOR_FINDINGS tests/fuzz/corpus/NAME.
function(ioc_add_fuzz name)
    if(NOT IOC_FUZZ)
        return()
    endif()
    cmake_parse_arguments(arg "" "" "SOURCES;PARTS;DEPENDS;QT" ${ARGN})
    ioc_add_program(fuzz_${name} SOURCES ${arg_SOURCES} DEPENDS ${arg_DEPENDS} QT ${arg_QT})
    foreach(part IN LISTS arg_PARTS)
        target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/modules/${part})
        get_filename_component(module ${part} DIRECTORY)
        target_include_directories(fuzz_${name} PRIVATE ${CMAKE_BINARY_DIR}/include/${module})
    endforeach()
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(fuzz_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    if(NOT TARGET fuzzers)
        add_custom_target(fuzzers)
    endif()
    add_dependencies(fuzzers fuzz_${name})
    set(findings ${CMAKE_BINARY_DIR}/fuzz-findings/${name})
    set(seeds ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    file(MAKE_DIRECTORY ${findings})
    if(NOT EXISTS ${seeds})
        set(seeds)
    endif()
    # Without the lines about coverage, so that a finding is what is printed; a minute for an input, because a machine at work on other things may stand still for
    # seconds. The same course every time: a short run shows whether what was found stays mended. New ground is for long runs, with seeds of their own.
    add_test(NAME fuzz.${name}
        COMMAND fuzz_${name} -seed=1 -verbosity=0 -max_total_time=5 -timeout=60 -rss_limit_mb=1024 -artifact_prefix=${findings}/ ${findings} ${seeds})
    set_tests_properties(fuzz.${name} PROPERTIES LABELS fuzz TIMEOUT 120)
endfunction()
