package io.trails.internal.workspace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Turns file names into text and loses none of their bytes. A JVM decodes names with the locale's charset, so under the
 * C locale every accent becomes the replacement character and two files seem to have one name. Here names are UTF-8
 * whatever the locale is, and a byte that is not becomes a lone surrogate, which no real name contains.
 */
final class PathKeys {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char ESCAPE = 0xDC00;

    private PathKeys() {}

    /** Whether the JVM's own text for a name may stand for another name too. */
    static boolean isLossy(String name) {
        return name.indexOf(REPLACEMENT) >= 0;
    }

    /** The name of the file, distinct from every other name in its folder. */
    static String exactName(Path file) {
        // The URI is the only public way to a name's bytes.
        String uri = file.toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        return decode(unescape(uri.substring(uri.lastIndexOf('/', end - 1) + 1, end)));
    }

    private static byte[] unescape(String uriPart) {
        var bytes = new ByteArrayOutputStream(uriPart.length());
        for (int i = 0; i < uriPart.length(); i++) {
            char c = uriPart.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(uriPart, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    private static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) return out.flip().toString();
            for (int i = 0; i < result.length(); i++) out.put((char) (ESCAPE + (in.get() & 0xFF)));
        }
    }

    /** Whether the key stands for a name that is no text. */
    static boolean isEscaped(String key) {
        return !shown(key).equals(key);
    }

    /** The key for a person, with the replacement character for every byte that is no text. */
    static String shown(String key) {
        StringBuilder text = null;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < key.length() && Character.isLowSurrogate(key.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                if (text == null) text = new StringBuilder(key);
                text.setCharAt(i, REPLACEMENT);
            }
        }
        return text == null ? key : text.toString();
    }
}
