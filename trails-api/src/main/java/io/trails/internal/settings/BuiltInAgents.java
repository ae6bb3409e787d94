package io.trails.internal.settings;

import io.trails.AgentProfile;
import java.util.List;
import java.util.Optional;

/**
 * The agents trails knows by itself. A profile is built when it is asked for, since its patterns cost start-up time.
 *
 * <p>None of them requires isolation: each asks before it acts, and an agent that nobody trusts is kept from a mode that
 * isolates nothing anyway. The patterns are those of the tools' screens in English, which all six speak; where one of them
 * changes its words, {@link io.trails.Agent#activity()} still has the quiet time to go by.
 */
final class BuiltInAgents {
    static final List<String> NAMES = List.of("claude", "codex", "aider", "gemini", "goose", "opencode");

    /** A menu whose first entry is marked, as several of the tools draw it. */
    private static final String MENU = "^[\\s\u2502|]*[\u276f\u203a\u25cf>]\\s*1\\.\\s";

    /** A blank, or the one that does not break a line, which some tools set behind their mark. */
    private static final String BLANK = "[\\s\u00a0]";

    private BuiltInAgents() {}

    static Optional<AgentProfile> find(String name) {
        return switch (name) {
            case "claude" -> Optional.of(claude());
            case "codex" -> Optional.of(codex());
            case "aider" -> Optional.of(aider());
            case "gemini" -> Optional.of(gemini());
            case "goose" -> Optional.of(goose());
            case "opencode" -> Optional.of(opencode());
            default -> Optional.empty();
        };
    }

    /**
     * See code.claude.com/docs/en/cli-reference, on {@code --continue}. Work shows as a line that begins with a star at the
     * left edge, or in the last line; an answer that speaks of it is indented or begins with a dot.
     */
    private static AgentProfile claude() {
        return AgentProfile.named("claude", "claude")
                .resumeArguments("--continue")
                .busy("^ ?[*\u00b7\u2217\u2722\u2733\u2736\u273b\u273d]\\s+\\S.*\\(.*\\besc to interrupt\\b")
                .busy("^\\s*(\\S.* \u00b7 )?esc to interrupt(\\s+\u00b7 .*)?\\s*$")
                .question("^[\\s\u2502|]*Do you want to\\b.*\\?")
                .question("^[\\s\u2502|]*Would you like to proceed\\?")
                .question(MENU)
                .prompt("^([\u2502|] ?)?[>\u276f](" + BLANK + "+Try \".*|" + BLANK + "|$)")
                .build();
    }

    /** See developers.openai.com/codex/cli/features, on resuming conversations. */
    private static AgentProfile codex() {
        return AgentProfile.named("codex", "codex")
                .resumeArguments("resume", "--last")
                .busy("^ ?[\u2022\u25e6]\\s+\\S.*\\(.*\\besc to interrupt\\)?")
                .question("^\\s*Would you like to\\b.*\\?")
                .question("^\\W*Allow command\\?")
                .question(MENU)
                .prompt("^([\u2502|] ?)?[\u203a\u258c](" + BLANK + "|$)")
                .build();
    }

    /** See aider.chat/docs/config/options.html, on {@code --restore-chat-history}, and aider.chat/docs/usage/modes.html. */
    private static AgentProfile aider() {
        return AgentProfile.named("aider", "aider")
                .resumeArguments("--restore-chat-history")
                .busy("^[\u2591\u2588 ]*\\s*(Waiting for|Updating repo map:?) \\S+")
                .question("\\(Y\\)es/\\(N\\)o.*\\[\\w+\\]:\\s*$")
                .prompt("^(([a-z]+ )?multi|[a-z]+)?>(\\s|$)")
                .build();
    }

    /** See geminicli.com/docs/cli/session-management, on resuming sessions. */
    private static AgentProfile gemini() {
        return AgentProfile.named("gemini", "gemini")
                .resumeArguments("--resume")
                .busy("^\\s*[\u2800-\u28ff]\\s+\\S.*\\(esc to cancel\\b")
                .question("^[\\s\u2502|]*(Apply|Allow) this change\\?")
                .question("^[\\s\u2502|]*Allow execution\\b.*\\?")
                .question("\\bWaiting for user confirmation\\b")
                .question(MENU)
                .prompt("^\\s?([\u2502|] ?)?[>!*](" + BLANK + "+Type your message\\b.*|" + BLANK + "|$)")
                .build();
    }

    /** See block.github.io/goose/docs/guides/goose-cli-commands, on session management, and its guide to permissions. */
    private static AgentProfile goose() {
        return AgentProfile.named("goose", "goose", "session")
                .resumeArguments("--resume")
                .busy("\\(Ctrl\\+C to interrupt\\)")
                .question("^\\W*[Gg]oose would like to call\\b")
                .question("^\\W*Do you allow this tool call\\?")
                .prompt("^\\s*\\(\\s?O\\)>")
                .prompt("^\\s*\ud83e\udebf\\s*$")
                .build();
    }

    /** See opencode.ai/docs/cli, on {@code --continue}, and opencode.ai/docs/permissions. */
    private static AgentProfile opencode() {
        return AgentProfile.named("opencode", "opencode")
                .resumeArguments("--continue")
                .busy("^[\\s\u2b1d\u25a0\u00b7\u2800-\u28ff]*esc (again to )?interrupt\\b")
                .question("^[\\s\u2503\u2502|\u25b3]*Permission required\\b")
                .question("\\bAllow once\\b.*\\bReject\\b")
                .prompt("^[\\s\u2503\u2502|]*Ask anything\\b.*")
                .prompt("^[\\s]*[\u2503\u2502]\\s+(Build|Plan)\\s.*")
                .prompt("^[\u2503\u2502| ]?>(\\s|$)")
                .build();
    }
}
