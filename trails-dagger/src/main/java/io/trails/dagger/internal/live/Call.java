package io.trails.dagger.internal.live;

import java.nio.channels.SocketChannel;
import java.util.OptionalLong;

/**
 * A connection from a bridge that showed its token.
 *
 * @param channel in blocking mode
 * @param caller the process that can be told by {@code USR1} that the program has ended, where one can
 */
record Call(SocketChannel channel, OptionalLong caller) {}
