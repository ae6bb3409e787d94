package io.trails.daggerdouble.graph;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ids of engines before 0.21: all the calls that lead to a value, so that they grow with each step, and an engine that never saw
 * the value makes it again. What came from the client's side stays a number of the engine. Thread-safe.
 */
final class Recipes {

    private static final Set<String> OF_THE_CLIENT = Set.of("Secret", "Socket", "Host");
    private static final String VALUE = "$value";

    private final Map<String, Value> made = new ConcurrentHashMap<>();

    void forgetAll() {
        made.clear();
    }

    String id(Engine engine, Session session, Value value) {
        List<List<Object>> steps = new ArrayList<>();
        add(value, steps, new IdentityHashMap<>(), engine, session);
        String text = Json.write(List.of(value.type(), steps));
        String id = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        made.putIfAbsent(id, value);
        return id;
    }

    Value load(String id, Engine engine, Fields fields, Caller caller) {
        Value known = made.get(id);
        return known == null ? made.computeIfAbsent(id, ignored -> make(id, engine, fields, caller)) : known;
    }

    private static int add(
            Value value, List<List<Object>> steps, Map<Value, Integer> numbers, Engine engine, Session session) {
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        Call call = value.call;
        boolean ofClient = call == null
                || OF_THE_CLIENT.contains(value.type())
                || (call.receiver() instanceof Value.Host && !(value instanceof Service));
        if (ofClient || call == null) {
            steps.add(List.of(engine.ids.handle(value, session)));
        } else {
            Value receiver = call.receiver();
            int on = receiver == null ? -1 : add(receiver, steps, numbers, engine, session);
            Map<String, Object> args = new LinkedHashMap<>();
            call.args().forEach((name, arg) -> args.put(name, argument(arg, steps, numbers, engine, session)));
            steps.add(List.of(on, call.field(), args));
        }
        numbers.put(value, steps.size() - 1);
        return steps.size() - 1;
    }

    private static @Nullable Object argument(
            @Nullable Object arg,
            List<List<Object>> steps,
            Map<Value, Integer> numbers,
            Engine engine,
            Session session) {
        if (arg instanceof Value value) {
            return Map.of(VALUE, add(value, steps, numbers, engine, session));
        }
        if (arg instanceof List<?> list) {
            return list.stream()
                    .map(one -> argument(one, steps, numbers, engine, session))
                    .toList();
        }
        return arg;
    }

    private static Value make(String id, Engine engine, Fields fields, Caller caller) {
        List<Value> values = new ArrayList<>();
        try {
            String text = new String(Base64.getDecoder().decode(id), StandardCharsets.UTF_8);
            Object read = Json.read(text);
            List<?> steps = read instanceof List<?> list ? (List<?>) list.get(1) : List.of();
            for (Object step : steps) {
                values.add(step((List<?>) step, values, engine, fields, caller));
            }
        } catch (IOException | ClassCastException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new GraphFailure("failed to decode ID: " + e.getMessage());
        }
        return values.get(values.size() - 1);
    }

    private static Value step(List<?> step, List<Value> values, Engine engine, Fields fields, Caller caller) {
        if (step.size() == 1) {
            return engine.ids.load((String) step.get(0));
        }
        int on = ((Number) step.get(0)).intValue();
        Value receiver = on < 0 ? new Value.Root() : values.get(on);
        Map<String, Object> args = new LinkedHashMap<>();
        ((Map<?, ?>) step.get(2)).forEach((name, arg) -> args.put((String) name, argument(arg, values)));
        if (fields.get(engine, receiver, (String) step.get(1), new Args(args), caller) instanceof Value value) {
            return value;
        }
        throw new GraphFailure("failed to decode ID: " + step.get(1) + " gives no object");
    }

    private static @Nullable Object argument(@Nullable Object arg, List<Value> values) {
        if (arg instanceof Map<?, ?> map && map.get(VALUE) instanceof Number number) {
            return values.get(number.intValue());
        }
        if (arg instanceof List<?> list) {
            return list.stream().map(one -> argument(one, values)).toList();
        }
        return arg;
    }
}
