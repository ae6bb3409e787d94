package io.trails.daggerdouble.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request of HTTP/1.1.
 *
 * @param headers by their names in small letters
 */
record HttpRequest(String method, String path, Map<String, String> headers, String body) {

    /** Reads the next request of a connection; null at its end. */
    static @Nullable HttpRequest read(InputStream in, OutputStream out) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] parts = start.split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (parts.length != 3) {
            throw new IOException("no HTTP: " + start);
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        return new HttpRequest(parts[0], parts[1], headers, new String(body(in, headers), StandardCharsets.UTF_8));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunk(InputStream in) throws IOException {
        String line = line(in);
        return line == null ? 0 : Integer.parseInt(line.replaceFirst(";.*", "").strip(), 16);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
