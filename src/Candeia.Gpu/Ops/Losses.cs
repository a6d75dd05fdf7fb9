namespace Candeia.Gpu;

/// <summary>Cross entropy with classes as targets. A target that is no class is told of when the device is read next.</summary>
internal static class Losses
{
    const string Sum = """
          T m = -INFINITY; EACH(k) m = max_@(m, A(k));
          TOTAL(m, max_@(m, v));
          T s = 0; EACH(k) s += exp(A(k) - m);
          TOTAL(s, s + v);
          i64 right = BASE_I[0];
          const i32 counts = right != w0;
          if (counts && (right < 0 || right >= n)) { BASE_Q[0] = (i32)w1; right = 0; }

        """;

    public static bool CrossEntropy(GpuDevice device, in OpCall call)
    {
        Operand x = call.Input(0), target = call.Input(1), y = call.Output(0);
        var shape = x.Layout.Shape;
        Rows.Run(device, "cross entropy", Sum + "  ONCE SET_Y(0, counts ? log(s) - (A(right) - m) : (T)0);", Types.Wide(x.DType),
            [new("A", x), new("I", target.Along(shape, 0)), new("Y", y.Along(shape, 0), true), device.FlagIn(shape)], d => d == 1, [],
            [((CrossEntropyOp)call.Op).Ignored, device.Watch($"A target of cross entropy is none of the {shape[1]} classes, which are counted from 0.")]);
        return true;
    }

    public static bool CrossEntropyGradient(GpuDevice device, in OpCall call)
    {
        Operand grad = call.Input(0), x = call.Input(1), target = call.Input(2), dx = call.Output(0);
        var shape = x.Layout.Shape;
        Rows.Run(device, "cross entropy gradient", Sum + "  const T g = counts ? G(0) : (T)0;\n  EACH(k) SET_Y(k, counts ? (exp(A(k) - m) / s - (k == right ? 1 : 0)) * g : (T)0);", Types.Wide(x.DType),
            [new("A", x), new("I", target.Along(shape, 0)), new("G", grad.Along(shape, 0)), new("Y", dx, true), device.FlagIn(shape)], d => d == 1, [],
            [((CrossEntropyGradientOp)call.Op).Ignored, device.Watch($"A target of cross entropy is none of the {shape[1]} classes, which are counted from 0.")]);
        return true;
    }
}
