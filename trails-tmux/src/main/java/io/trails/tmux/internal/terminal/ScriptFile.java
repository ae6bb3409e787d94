package io.trails.tmux.internal.terminal;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A script in the directory of the server. Its name tells its content: hosts with other versions of trails share the server.
 *
 * @param name of safe characters
 * @param text constant
 */
record ScriptFile(String name, String text) {
    static ScriptFile of(String kind, String text) {
        var sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return new ScriptFile(kind + "-" + Long.toHexString(sum.getValue()), text);
    }
}
