/** Running a command line: errors as one line, exit codes, progress. */
@org.jspecify.annotations.NullMarked
package dev.whorl.common.cli;
