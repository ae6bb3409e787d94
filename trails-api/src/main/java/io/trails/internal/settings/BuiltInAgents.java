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
    private static final String MENU = "^\\W*[\u276f\u203a\u25cf>]\\s*1\\.\\s";

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

    /** See code.claude.com/docs/en/cli-reference, on {@code --continue}. */
    private static AgentProfile claude() {
        return AgentProfile.named("claude", "claude")
                .resumeArguments("--continue")
                .busy("\\besc to interrupt\\b")
                .question("^\\W*Do you want to\\b.*\\?")
                .question(MENU)
                .prompt("^[\\s\u2502|]*[>\u276f](\\s|$)")
                .build();
    }

    /** See developers.openai.com/codex/cli/features, on resuming conversations. */
    private static AgentProfile codex() {
        return AgentProfile.named("codex", "codex")
                .resumeArguments("resume", "--last")
                .busy("\\besc to interrupt\\b")
                .question("^\\W*Would you like to\\b.*\\?")
                .question("^\\W*Allow command\\?")
                .question(MENU)
                .prompt("^[\\s\u2502|]*[\u203a\u258c>](\\s|$)")
                .build();
    }

    /** See aider.chat/docs/config/options.html, on {@code --restore-chat-history}. */
    private static AgentProfile aider() {
        return AgentProfile.named("aider", "aider")
                .resumeArguments("--restore-chat-history")
                .busy("\\bWaiting for \\S+")
                .question("\\(Y\\)es/\\(N\\)o.*\\[\\w+\\]:\\s*$")
                .prompt("^(\\w+( multi)?|multi)?>\\s*$")
                .build();
    }

    /** See geminicli.com/docs/cli/session-management, on resuming sessions. */
    private static AgentProfile gemini() {
        return AgentProfile.named("gemini", "gemini")
                .resumeArguments("--resume")
                .busy("\\besc to cancel\\b")
                .question("\\b(Apply|Allow) this change\\?")
                .question("\\bAllow execution\\b.*\\?")
                .question(MENU)
                .prompt("^[\\s\u2502|]*>\\s+Type your message\\b")
                .build();
    }

    /** See block.github.io/goose/docs/guides/goose-cli-commands, on session management. */
    private static AgentProfile goose() {
        return AgentProfile.named("goose", "goose", "session")
                .resumeArguments("--resume")
                .busy("\\bCtrl\\+C to interrupt\\b")
                .question("^\\W*[Gg]oose would like to call\\b")
                .prompt("^\\s*\\(\\s?O\\)>")
                .prompt("^\\s*\ud83e\udebf\\s*$")
                .build();
    }

    /** See opencode.ai/docs/cli, on {@code --continue}, and opencode.ai/docs/permissions. */
    private static AgentProfile opencode() {
        return AgentProfile.named("opencode", "opencode")
                .resumeArguments("--continue")
                .busy("\\besc (again to )?interrupt\\b")
                .question("\\bPermission required\\b")
                .question("\\bAllow once\\b.*\\bReject\\b")
                .prompt("\\bAsk anything\\b")
                .prompt("^[\\s\u2503\u2502|]*>(\\s|$)")
                .build();
    }
}
