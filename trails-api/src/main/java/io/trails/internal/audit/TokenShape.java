package io.trails.internal.audit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tokens of one kind look like. Thread-safe. Most texts hold none, so a fixed part is looked for first, and the pattern
 * is compiled when it is found. Every repetition is possessive or ends the match: no text makes the search slow.
 */
final class TokenShape {
    private final String fixed;
    private final String expression;
    private final String replacement;
    private volatile @Nullable Pattern pattern;

    private TokenShape(String fixed, String expression, String replacement) {
        this.fixed = fixed;
        this.expression = expression;
        this.replacement = replacement;
    }

    static List<TokenShape> all() {
        return List.of(
                whole(
                        "PRIVATE KEY-----",
                        "-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z ]{0,40}-----|\\z)"),
                whole("eyJ", "eyJ[\\w-]{5,}+\\.[\\w-]{5,}+(?:\\.[\\w-]*+)?+"),
                whole("sk-", "\\bsk-[\\w-]{16,}+"),
                whole("sk_", "\\b[sr]k_(?:live|test)_\\w{10,}+"),
                whole("rk_", "\\brk_(?:live|test)_\\w{10,}+"),
                whole("gh", "\\bgh[pousr]_\\w{16,}+"),
                whole("github_pat_", "\\bgithub_pat_\\w{16,}+"),
                whole("glpat-", "\\bglpat-[\\w-]{16,}+"),
                whole("AKIA", "\\bAKIA[A-Z0-9]{16}"),
                whole("ASIA", "\\bASIA[A-Z0-9]{16}"),
                whole("AIza", "\\bAIza[\\w-]{30,}+"),
                whole("xox", "\\bxox[a-z]-[\\w-]{10,}+"),
                whole("xapp-", "\\bxapp-[\\w-]{10,}+"),
                whole("hf_", "\\bhf_\\w{20,}+"),
                whole("npm_", "\\bnpm_\\w{20,}+"),
                new TokenShape("earer ", "(?i)\\b(bearer )[\\w.~+/=-]{8,}+", "$1"),
                new TokenShape("://", "(://[^\\s/:@?#]*+:)[^\\s/?#]{1,1000}(?=@)", "$1"));
    }

    private static TokenShape whole(String fixed, String expression) {
        return new TokenShape(fixed, expression, "");
    }

    String redact(String text) {
        if (!text.contains(fixed)) return text;
        Matcher matcher = pattern().matcher(text);
        return matcher.find() ? matcher.replaceAll(replacement + Matcher.quoteReplacement(Redactor.REDACTED)) : text;
    }

    private Pattern pattern() {
        Pattern compiled = pattern;
        if (compiled == null) {
            compiled = Pattern.compile(expression);
            pattern = compiled;
        }
        return compiled;
    }
}
