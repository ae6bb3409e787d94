package io.trails.dagger.internal.graph;

/** Names an object to the engine that gave it, as long as that session lasts. Never stored. */
public sealed interface ObjectId permits ContainerId, DirectoryId, FileId, ServiceId, SecretId, SocketId, CacheId {
    /** Opaque. */
    String value();

    /** The object's type in the schema. */
    String type();
}
