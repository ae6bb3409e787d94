package io.trails.internal.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Instants as ISO 8601 text in UTC, such as {@code 2026-01-02T03:04:05.678Z}. Never throws on garbage.
 *
 * <p>By hand, because the formatters of {@code java.time} take longer to load than the rest of a session's first write.
 */
public final class Timestamps {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final int SECONDS_END = "yyyy-mm-ddThh:mm:ss".length();

    private Timestamps() {}

    public static String format(Instant instant) {
        long day = Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_DAY);
        if (day < FIRST_DAY || day > LAST_DAY) return instant.toString();
        int second = (int) Math.floorMod(instant.getEpochSecond(), SECONDS_PER_DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        var text = new StringBuilder(30);
        digits(text, date.getYear(), 4).append('-');
        digits(text, date.getMonthValue(), 2).append('-');
        digits(text, date.getDayOfMonth(), 2).append('T');
        digits(text, second / 3600, 2).append(':');
        digits(text, second / 60 % 60, 2).append(':');
        digits(text, second % 60, 2);
        int nano = instant.getNano();
        if (nano % 1_000_000 == 0) {
            if (nano != 0) digits(text.append('.'), nano / 1_000_000, 3);
        } else {
            digits(text.append('.'), nano, 9);
        }
        return text.append('Z').toString();
    }

    /** What {@link #format} wrote, or any ISO 8601 date and time; one that names no offset is taken as UTC. */
    public static Optional<Instant> parse(String text) {
        Optional<Instant> own = parseOwn(text);
        return own.isPresent() ? own : parseForeign(text);
    }

    private static Optional<Instant> parseOwn(String text) {
        int end = text.length() - 1;
        if (end < SECONDS_END || text.charAt(end) != 'Z') return Optional.empty();
        if (text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(10) != 'T') return Optional.empty();
        if (text.charAt(13) != ':' || text.charAt(16) != ':') return Optional.empty();
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        int nano = end == SECONDS_END ? 0 : nano(text, end);
        if (year < 0 || month < 1 || month > 12 || day < 1) return Optional.empty();
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || nano < 0) {
            return Optional.empty();
        }
        if (day > LocalDate.of(year, month, 1).lengthOfMonth()) return Optional.empty();
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Optional.of(Instant.ofEpochSecond(days * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second, nano));
    }

    private static Optional<Instant> parseForeign(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return Optional.of(Instant.parse(iso));
        } catch (DateTimeException noInstant) {
            try {
                return Optional.of(OffsetDateTime.parse(iso).toInstant());
            } catch (DateTimeException noOffset) {
                return parseWithoutOffset(iso);
            }
        }
    }

    private static Optional<Instant> parseWithoutOffset(String iso) {
        try {
            return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException garbage) {
            return Optional.empty();
        }
    }

    private static int nano(String text, int end) {
        int from = SECONDS_END + 1;
        int places = end - from;
        if (text.charAt(SECONDS_END) != '.' || places < 1 || places > 9) return -1;
        int value = number(text, from, end);
        if (value < 0) return -1;
        for (int i = places; i < 9; i++) value *= 10;
        return value;
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            value = value * 10 + digit;
        }
        return value;
    }

    private static StringBuilder digits(StringBuilder text, int value, int places) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < places; i++) text.append('0');
        return text.append(digits);
    }
}
