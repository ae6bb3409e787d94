package io.trails.worktree.internal.repo;

/** What is special about a repository, as far as something has to be done about it. */
public enum Trait {
    /** It has no tree of its own. */
    BARE,
    /** The project is in a tree that was added with {@code git worktree}. */
    LINKED,
    /** The project is in a submodule. */
    SUBMODULE,
    /** The project is a folder below the root of its tree. */
    SUBDIRECTORY,
    /** Its git directory lies elsewhere. */
    SEPARATE_GIT_DIRECTORY,
    /** Its history is cut. */
    SHALLOW,
    /** Objects are fetched when they are needed. */
    PARTIAL,
    /** Some files are not checked out. */
    SPARSE,
    /** Its objects have names of 64 digits. */
    SHA256,
    /** Its refs are no files. */
    REFTABLE,
    /** Files are kept by Git LFS. */
    LARGE_FILES,
    /** Trees have configurations of their own. */
    TREE_CONFIGURATION,
    /** Its index is in two files. */
    SPLIT_INDEX,
    /** It has an extension that this trails does not know. */
    UNKNOWN_EXTENSION
}
