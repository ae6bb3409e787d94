package io.trails.daggerdouble.tree;

/** A file's contents, at a place of the store. */
public record Blob(long offset, long size, String sha) {}
