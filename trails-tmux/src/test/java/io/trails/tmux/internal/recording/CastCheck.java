package io.trails.tmux.internal.recording;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks a file against docs.asciinema.org/manual/asciicast, v2 and v3, by text and not by what wrote it. */
final class CastCheck {
    record Line(BigDecimal time, String code, String data) {}

    private static final String STRING = "\"((?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*)\"";
    private static final Pattern EVENT =
            Pattern.compile("\\[\\s*(\\d+(?:\\.\\d+)?)\\s*,\\s*\"(\\w)\"\\s*,\\s*" + STRING + "\\s*\\]");
    private static final Set<String> V2 = Set.of(
            "version",
            "width",
            "height",
            "timestamp",
            "duration",
            "idle_time_limit",
            "command",
            "title",
            "env",
            "theme");
    private static final Set<String> V3 =
            Set.of("version", "term", "timestamp", "idle_time_limit", "command", "title", "env", "tags");
    private static final Set<String> TERM = Set.of("cols", "rows", "type", "version", "theme");

    final Map<String, Object> header;
    final List<Line> events = new ArrayList<>();

    private CastCheck(byte[] file, int version) {
        String text = text(file);
        if (!text.endsWith("\n")) throw new AssertionError("The last line does not end");
        String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
        this.header = object(lines[0]);
        if (version == 2) headerV2();
        else headerV3();
        for (int n = 1; n < lines.length; n++) event(lines[n], version);
    }

    static CastCheck v2(byte[] file) {
        return new CastCheck(file, 2);
    }

    static CastCheck v3(byte[] file) {
        return new CastCheck(file, 3);
    }

    String output() {
        var all = new StringBuilder();
        for (Line event : events) if (event.code().equals("o")) all.append(event.data());
        return all.toString();
    }

    private static String text(byte[] file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("The file is not UTF-8", e);
        }
    }

    private void headerV2() {
        known(header, V2);
        whole(header, "version", 2, 2);
        whole(header, "width", 1, 100_000);
        whole(header, "height", 1, 100_000);
        common();
    }

    private void headerV3() {
        known(header, V3);
        whole(header, "version", 3, 3);
        @SuppressWarnings("unchecked")
        var term = (Map<String, Object>) header.get("term");
        known(term, TERM);
        whole(term, "cols", 1, 100_000);
        whole(term, "rows", 1, 100_000);
        if (term.containsKey("type")) string(term.get("type"));
        common();
    }

    private void common() {
        if (header.containsKey("timestamp")) whole(header, "timestamp", 0, 1L << 40);
        if (header.containsKey("command")) string(header.get("command"));
        if (header.containsKey("title")) string(header.get("title"));
        if (header.get("env") instanceof Map<?, ?> env) {
            if (!Set.of("TERM", "SHELL").containsAll(env.keySet())) throw new AssertionError("Too much of " + env);
            env.values().forEach(CastCheck::string);
        } else if (header.containsKey("env")) {
            throw new AssertionError("env is no object");
        }
    }

    private void event(String line, int version) {
        if (version == 3 && line.startsWith("#")) return;
        Matcher event = EVENT.matcher(line);
        if (!event.matches()) throw new AssertionError("No event: " + line);
        var time = new BigDecimal(event.group(1));
        String code = event.group(2);
        String data = unescaped(event.group(3));
        if (!(version == 2 ? "oimr" : "oimrx").contains(code)) throw new AssertionError("Unknown code: " + line);
        if (code.equals("r") && !data.matches("[1-9]\\d*x[1-9]\\d*")) throw new AssertionError("No size: " + line);
        if (code.equals("x") && !data.matches("-?\\d+")) throw new AssertionError("No exit status: " + line);
        if (version == 2
                && !events.isEmpty()
                && time.compareTo(events.get(events.size() - 1).time()) < 0) {
            throw new AssertionError("Back in time: " + line);
        }
        if (!events.isEmpty() && events.get(events.size() - 1).code().equals("x")) {
            throw new AssertionError("After the exit: " + line);
        }
        if (event.group(3).codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            throw new AssertionError("Not escaped: " + line);
        }
        events.add(new Line(time, code, data));
    }

    private static Map<String, Object> object(String line) {
        try {
            @SuppressWarnings("unchecked")
            var header = (Map<String, Object>) CastJson.read(line);
            if (header == null) throw new AssertionError("No header");
            return header;
        } catch (java.io.IOException e) {
            throw new AssertionError("No header: " + line, e);
        }
    }

    private static void known(Map<String, Object> object, Set<String> names) {
        if (!names.containsAll(object.keySet())) throw new AssertionError("Unknown names among " + object.keySet());
    }

    private static void whole(Map<String, Object> object, String name, long least, long most) {
        if (object.get(name) instanceof Double number
                && number == Math.rint(number)
                && number >= least
                && number <= most) {
            return;
        }
        throw new AssertionError(name + " is " + object.get(name));
    }

    private static void string(Object value) {
        if (!(value instanceof String)) throw new AssertionError("Not a string: " + value);
    }

    private static String unescaped(String json) {
        var text = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char kind = json.charAt(++i);
            switch (kind) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(kind);
            }
        }
        return text.toString();
    }
}
