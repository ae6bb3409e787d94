package io.trails.internal.engine;

import io.trails.spi.Sandbox;
import io.trails.spi.Workspace;

/** The workspace and the sandbox of a session, taken up in this JVM. */
record Live(Workspace workspace, Sandbox sandbox) {}
