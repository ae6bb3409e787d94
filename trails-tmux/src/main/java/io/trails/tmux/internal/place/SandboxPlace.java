package io.trails.tmux.internal.place;
import io.trails.spi.Sandbox;
/** Stub. */
public final class SandboxPlace { private SandboxPlace() {} 
 public static Place of(Sandbox s) { throw new UnsupportedOperationException(); } }
