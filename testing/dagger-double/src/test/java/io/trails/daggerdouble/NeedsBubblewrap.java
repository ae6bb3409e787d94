package io.trails.daggerdouble;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests where nothing can be executed; where the tools are required they run, and fail. */
final class NeedsBubblewrap implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> reason = EngineDouble.unavailable();
        if (reason.isEmpty() || Boolean.getBoolean("trails.test.requireTools")) {
            return ConditionEvaluationResult.enabled("bubblewrap works");
        }
        return ConditionEvaluationResult.disabled(reason.get());
    }
}
