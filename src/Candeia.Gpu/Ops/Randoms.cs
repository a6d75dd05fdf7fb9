namespace Candeia.Gpu;

/// <summary>Random numbers, bit by bit those of the processor: Philox4x32-10 at the element's place in the stream.</summary>
internal static class Randoms
{
    /// <summary>What defines <c>PHILOX(word, key, stream, place)</c>: a word of a stream.</summary>
    public const string Word = """
        #define PHILOX(word, key, stream, place) { const u64 at_ = (place); u32 c0_ = (u32)(at_ >> 2), c1_ = (u32)(at_ >> 34), c2_ = (u32)(stream), c3_ = (u32)((u64)(stream) >> 32); \
          u32 k0_ = (u32)(key), k1_ = (u32)((u64)(key) >> 32); \
          for (i32 round_ = 0; round_ < 10; round_++) { const u64 m_ = (u64)0xD2511F53u * c0_, q_ = (u64)0xCD9E8D57u * c2_; \
            c0_ = (u32)(q_ >> 32) ^ c1_ ^ k0_; c1_ = (u32)q_; c2_ = (u32)(m_ >> 32) ^ c3_ ^ k1_; c3_ = (u32)m_; k0_ += 0x9E3779B9u; k1_ += 0xBB67AE85u; } \
          word = (at_ & 3) == 0 ? c0_ : (at_ & 3) == 1 ? c1_ : (at_ & 3) == 2 ? c2_ : c3_; }

        """;

    const string One = Word + "u32 word; PHILOX(word, key, stream, position + (u64)e)\n";
    const string Two = Word + "u32 first, second; PHILOX(first, key, stream, position + 2 * (u64)e) PHILOX(second, key, stream, position + 2 * (u64)e + 1)\n"
        + "const u64 word = first | (u64)second << 32;\n";

    // Quantiles of the normal distribution, and the logarithm that they need: the processor's, so that the bits are the same.
    const string Quantile = """
        #define STEP(s, c) s = times_f64(s, r) + (c)
        f64 x;
        { const f64 d = p - 0.5; f64 r, a, b;
          if (fabs(d) <= 0.425) { r = 0.180625 - times_f64(d, d);
            a = 2509.0809287301226727; STEP(a, 33430.575583588128105); STEP(a, 67265.770927008700853); STEP(a, 45921.953931549871457); STEP(a, 13731.693765509461125);
            STEP(a, 1971.5909503065514427); STEP(a, 133.14166789178437745); STEP(a, 3.387132872796366608);
            b = 5226.495278852545925; STEP(b, 28729.085735721942674); STEP(b, 39307.89580009271061); STEP(b, 21213.794301586595867); STEP(b, 5394.1960214247511077);
            STEP(b, 687.1870074920579083); STEP(b, 42.313330701600911252); STEP(b, 1);
            x = times_f64(d, a / b);
          } else {
            f64 z = d < 0 ? p : 1 - p;
            const i64 bits = (i64)DOUBLE_BITS(z); i32 exponent = (i32)(bits >> 52) - 1023;
            f64 m = BITS_DOUBLE((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
            if (m > 1.4142135623730951) { m = m / 2; exponent++; }
            const f64 s = (m - 1) / (m + 1), t = times_f64(s, s); f64 sum = 0;
            for (i32 k = 21; k >= 3; k -= 2) sum = times_f64(sum + 1.0 / k, t);
            const f64 small = times_f64(2 * s, sum) + 2 * s;
            z = times_f64(exponent, 6.93147180369123816490e-01) + (times_f64(exponent, 1.90821492927058770002e-10) + small);
            r = sqrt(-z);
            if (r <= 5) { r = r - 1.6;
              a = 7.7454501427834140764e-4; STEP(a, 0.0227238449892691845833); STEP(a, 0.24178072517745061177); STEP(a, 1.27045825245236838258); STEP(a, 3.64784832476320460504);
              STEP(a, 5.7694972214606914055); STEP(a, 4.6303378461565452959); STEP(a, 1.42343711074968357734);
              b = 1.05075007164441684324e-9; STEP(b, 5.475938084995344946e-4); STEP(b, 0.0151986665636164571966); STEP(b, 0.14810397642748007459); STEP(b, 0.68976733498510000455);
              STEP(b, 1.6763848301838038494); STEP(b, 2.05319162663775882187); STEP(b, 1);
            } else { r = r - 5;
              a = 2.01033439929228813265e-7; STEP(a, 2.71155556874348757815e-5); STEP(a, 0.0012426609473880784386); STEP(a, 0.026532189526576123093); STEP(a, 0.29656057182850489123);
              STEP(a, 1.7848265399172913358); STEP(a, 5.4637849111641143699); STEP(a, 6.6579046435011037772);
              b = 2.04426310338993978564e-15; STEP(b, 1.4215117583164458887e-7); STEP(b, 1.8463183175100546818e-5); STEP(b, 7.868691311456132591e-4); STEP(b, 0.0148753612908506148525);
              STEP(b, 0.13692988092273580531); STEP(b, 0.59983220655588793769); STEP(b, 1);
            }
            x = d < 0 ? -(a / b) : a / b;
          }
        }

        """;

    static Parameters Stream(DType type, Operand y, GeneratorState start) =>
        new Parameters(type).Output("Y", y).Start(start);

    public static bool Uniform(GpuDevice device, in OpCall call)
    {
        var op = (UniformOp)call.Op;
        var y = call.Output(0);
        if (y.DType == DType.Float32)
        {
            float low = (float)op.Low, high = (float)op.High;
            var p = Stream(y.DType, y, op.Start).Number("low", low).Number("range", high - low).Number("limit", low < high ? MathF.BitDecrement(high) : low);
            Each.Run(device, "uniform", One + "SET_Y(o_Y + e, min_f32(low + times_f32(range, (f32)(word >> 8) * 5.9604644775390625e-8f), limit));", p, y.Layout.Shape.Numel);
            return true;
        }
        if (y.DType != DType.Float64) return false;
        var q = Stream(y.DType, y, op.Start).Number("low", op.Low).Number("range", op.High - op.Low).Number("limit", op.Low < op.High ? Math.BitDecrement(op.High) : op.Low);
        Each.Run(device, "uniform of two words", Two + "SET_Y(o_Y + e, min_f64(low + times_f64(range, (f64)(word >> 11) * 1.1102230246251565404e-16), limit));", q, y.Layout.Shape.Numel);
        return true;
    }

    public static bool Normal(GpuDevice device, in OpCall call)
    {
        var op = (NormalOp)call.Op;
        var y = call.Output(0);
        if (!device.HasDouble || y.DType is not (DType.Float32 or DType.Float64)) return false;
        bool isSingle = y.DType == DType.Float32;
        var p = Stream(DType.Float64, y, op.Start).Number("mean", isSingle ? (float)op.Mean : op.Mean).Number("std", isSingle ? (float)op.Std : op.Std);
        string probability = isSingle ? One + "const f64 p = ((f64)word + 0.5) * 2.3283064365386962891e-10;\n" : Two + "const f64 p = ((f64)(word >> 12) + 0.5) * 2.2204460492503130808e-16;\n";
        Each.Run(device, isSingle ? "normal" : "normal of two words", $"{probability}{Quantile}SET_Y(o_Y + e, mean + times_f64(std, x));", p, y.Layout.Shape.Numel);
        return true;
    }

    public static bool Bernoulli(GpuDevice device, in OpCall call)
    {
        var op = (BernoulliOp)call.Op;
        var y = call.Output(0);
        var p = Stream(DType.UInt8, y, op.Start).Whole("limit", (long)(op.Probability * (1L << 32) + 0.5));
        Each.Run(device, "bernoulli", One + "SET_Y(o_Y + e, (i64)word < limit ? 1 : 0);", p, y.Layout.Shape.Numel);
        return true;
    }

    public static bool Randint(GpuDevice device, in OpCall call)
    {
        var op = (RandintOp)call.Op;
        var y = call.Output(0);
        var p = Stream(DType.Int64, y, op.Start).Whole("low", op.Low).Whole("range", unchecked((long)((ulong)op.High - (ulong)op.Low)));
        Each.Run(device, "randint", Two + """
            const u64 r = (u64)range, a = word & 0xFFFFFFFFu, b = word >> 32, c = r & 0xFFFFFFFFu, d = r >> 32;
            const u64 middle = b * c + (a * c >> 32), other = a * d + (middle & 0xFFFFFFFFu);
            SET_Y(o_Y + e, (i64)((u64)low + b * d + (middle >> 32) + (other >> 32)));
            """, p, y.Layout.Shape.Numel);
        return true;
    }
}
