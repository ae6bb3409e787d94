package io.trails.dagger.internal.live;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.OptionalLong;

/**
 * The connections of a bridge that its program uses.
 *
 * @param control what the host says
 * @param in the program's input
 * @param out the program's output
 * @param err the program's errors
 * @param outCaller the process that sends the output, if it can be told of the program's end
 * @param errCaller the same for the errors
 */
record BridgeCalls(
        SocketChannel control,
        LiveOutput in,
        LiveInput out,
        LiveInput err,
        OptionalLong outCaller,
        OptionalLong errCaller) {
    static BridgeCalls of(SocketChannel control, Call in, Call out, Call err) throws IOException {
        return new BridgeCalls(
                control,
                new LiveOutput(new LiveChannel(in.channel())),
                new LiveInput(new LiveChannel(out.channel())),
                new LiveInput(new LiveChannel(err.channel())),
                out.caller(),
                err.caller());
    }
}
