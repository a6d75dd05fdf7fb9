namespace Candeia.Gpu;

/// <summary>Connectionist temporal classification: a group of threads for each sequence, and of these a thread for each state blank, label, blank … blank, in float64 as on the processor.</summary>
internal static class Ctc
{
    const int Threads = 128;

    const string Functions = """
        FUNCTION f64 join(f64 a, f64 b, f64 c) {
          const f64 most = max_f64(a, max_f64(b, c));
          return most == -INFINITY ? most : most + log(exp(a - most) + exp(b - most) + exp(c - most));
        }
        #define AT(t, c) ((f64)X(o_X + (N)(t) * s_Xt + z * s_Xn + (N)(c) * s_Xc))
        #define OWN(i) p_L[o_L + z * s_Ln + (N)(i) * s_Ls]
        #define CLASS(s) ((s) % 2 == 0 ? (i64)BLANK : OWN((s) / 2))
        #define SKIPS(s) ((s) % 2 == 1 && (s) > 1 && OWN((s) / 2) != OWN((s) / 2 - 1))
        #define STATES for (N s = THREAD; s < states; s += THREADS)

        """;

    /// <summary>What is known of the sequence, and the way forward over its steps; of these the last KEPT are kept.</summary>
    const string Forward = """
        const N z = (N)GROUP;
        i64 steps = p_S[o_S + z * s_Sn], labels = p_C[o_C + z * s_Cn];
        i32 wrong = steps < 0 || steps > TIME || labels < 0 || labels > MOST;
        if (wrong) { steps = 0; labels = 0; }
        for (i64 i = 0; i < labels; i++) if (OWN(i) < 0 || OWN(i) >= CLASSES || OWN(i) == BLANK) wrong = 1;
        if (wrong) { steps = 0; labels = 0; p_Q[0] = (i32)WRONG; }
        const N states = (N)(2 * labels + 1), row = 2 * MOST + 1;
        GLOBAL f64* alpha = p_A + o_A + (i64)z * KEPT * row;
        if (steps > 0) STATES alpha[s] = s < 2 ? AT(0, CLASS(s)) : -INFINITY;
        BARRIER_OF_ALL;
        for (N t = 1; t < steps; t++) {
          GLOBAL const f64* before = alpha + (i64)((t - 1) % KEPT) * row; GLOBAL f64* here = alpha + (i64)(t % KEPT) * row;
          STATES here[s] = join(before[s], s > 0 ? before[s - 1] : -INFINITY, SKIPS(s) ? before[s - 2] : -INFINITY) + AT(t, CLASS(s));
          BARRIER_OF_ALL;
        }
        GLOBAL const f64* last = alpha + (steps > 0 ? (i64)((steps - 1) % KEPT) * row : 0);
        const f64 likelihood = steps == 0 ? (states == 1 ? 0 : -INFINITY) : join(last[states - 1], states > 1 ? last[states - 2] : -INFINITY, -INFINITY);
        const i32 nothing = ZERO && likelihood == -INFINITY;

        """;

    // The first state of a class adds up what all states of it have.
    const string Backward = """
        const f64 grad = nothing ? 0 : (f64)G(o_G + z * s_Gn);
        GLOBAL f64* beta = p_B + o_B + (i64)z * 3 * row; GLOBAL f64* other = beta + row; GLOBAL f64* rest = other + row;
        for (N t = TIME - 1; t >= 0; t--) {
          for (N c = THREAD; c < CLASSES; c += THREADS) SET_Y(o_Y + t * s_Yt + z * s_Yn + c * s_Yc, 0);
          if (t >= steps || nothing) continue;
          STATES {
            rest[s] = t == steps - 1 ? (s >= states - 2 ? 0 : -INFINITY)
              : join(beta[s], s + 1 < states ? beta[s + 1] : -INFINITY, s + 2 < states && SKIPS(s + 2) ? beta[s + 2] : -INFINITY);
            other[s] = rest[s] + AT(t, CLASS(s));
          }
          BARRIER_OF_ALL;
          STATES {
            const i64 c = CLASS(s);
            i32 first = s < 2;
            if (s % 2 == 1) { first = 1; for (N i = 0; i < s / 2; i++) if (OWN(i) == c) first = 0; }
            if (!first || s % 2 == 0 && s > 0) continue;
            f64 sum = -INFINITY;
            for (N i = s; i < states; i += 2) if (CLASS(i) == c) sum = join(sum, alpha[(i64)t * row + i] + rest[i], -INFINITY);
            SET_Y(o_Y + t * s_Yt + z * s_Yn + (N)c * s_Yc, -exp(sum - likelihood) * grad);
          }
          BARRIER_OF_ALL;
          GLOBAL f64* swap = beta; beta = other; other = swap;
        }

        """;

    public static bool Losses(GpuDevice device, in OpCall call)
    {
        if (!device.HasDouble) return false;
        var y = call.Output(0);
        var p = Sequences(device, (CtcOp)call.Op, call, 0, kept: 2).Output("Y", y).Strides("Y", y, "n");
        Run(device, "ctc", Forward + "if (THREAD == 0) SET_Y(o_Y + z * s_Yn, nothing ? 0 : -likelihood);", p, y.Layout.Shape[0]);
        return true;
    }

    public static bool Gradients(GpuDevice device, in OpCall call)
    {
        if (!device.HasDouble) return false;
        Operand grad = call.Input(0), y = call.Output(0);
        int most = call.Input(2).Layout.Shape[1];
        var ways = device.Scratch(Layout.Of([y.Layout.Shape[1], 3, 2 * most + 1]), DType.Float64);
        var p = Sequences(device, ((CtcGradientOp)call.Op).Loss, call, 1, kept: Math.Max(1, y.Layout.Shape[0])).Output("B", ways)
            .Input("G", grad).Strides("G", grad, "n").Output("Y", y).Strides("Y", y, "tnc");
        Run(device, "ctc gradients", Forward + Backward, p, y.Layout.Shape[1]);
        return true;
    }

    static Parameters Sequences(GpuDevice device, CtcOp op, in OpCall call, int first, int kept)
    {
        Operand x = call.Input(first), labels = call.Input(first + 1), steps = call.Input(first + 2), counts = call.Input(first + 3);
        int most = labels.Layout.Shape[1];
        var alpha = device.Scratch(Layout.Of([x.Layout.Shape[1], kept, 2 * most + 1]), DType.Float64);
        int wrong = device.Watch("A sequence of a CTC loss has more steps or labels than there are, or a label that is no class, or the blank.");
        return new Parameters(DType.Float64).Input("X", x).Strides("X", x, "tnc").Input("L", labels).Strides("L", labels, "ns").Input("S", steps).Strides("S", steps, "n")
            .Input("C", counts).Strides("C", counts, "n").Output("A", alpha).Output("Q", device.FlagIn([]).Operand).Size("TIME", x.Layout.Shape[0]).Size("CLASSES", x.Layout.Shape[2])
            .Size("MOST", most).Size("KEPT", kept).Size("BLANK", op.Blank).Size("ZERO", op.ZeroInfinity ? 1 : 0).Size("WRONG", wrong);
    }

    static void Run(GpuDevice device, string name, string body, Parameters parameters, int sequences)
    {
        if (sequences == 0) return;
        bool isLarge = parameters.AreLarge;
        var kernel = device.Kernels.Get($"{name}|{parameters.Key}", isLarge, () => $"{parameters.Defines}{Functions}KERNEL void run({parameters.List}) {{\n{body}}}\n");
        var launch = new Launch(device, isLarge);
        parameters.Add(launch);
        launch.Run(kernel, sequences, Threads);
    }
}
