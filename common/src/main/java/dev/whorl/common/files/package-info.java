/** Files written whole or not at all. */
@org.jspecify.annotations.NullMarked
package dev.whorl.common.files;
