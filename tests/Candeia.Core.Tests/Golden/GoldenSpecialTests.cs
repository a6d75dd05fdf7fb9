namespace Candeia.Tests;

public class GoldenSpecialTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor>> s_ops = new()
    {
        ["lgamma"] = c => c[0].Lgamma(),
        ["digamma"] = c => c[0].Digamma(),
        ["erfc"] = c => c[0].Erfc(),
        ["erfcx"] = c => c[0].Erfcx(),
        ["erfinv"] = c => c[0].Erfinv(),
        ["ndtr"] = c => c[0].Ndtr(),
        ["ndtri"] = c => c[0].Ndtri(),
        ["log_ndtr"] = c => c[0].LogNdtr(),
        ["logit"] = c => c[0].Logit(c.Case.Has("eps") ? c.Case.Number("eps") : null),
        ["entr"] = c => c[0].Entr(),
        ["sinc"] = c => c[0].Sinc(),
        ["i0"] = c => c[0].I0(),
        ["i0e"] = c => c[0].I0e(),
        ["i1"] = c => c[0].I1(),
        ["i1e"] = c => c[0].I1e(),
        ["bessel_j0"] = c => c[0].BesselJ0(),
        ["bessel_j1"] = c => c[0].BesselJ1(),
        ["bessel_y0"] = c => c[0].BesselY0(),
        ["bessel_y1"] = c => c[0].BesselY1(),
        ["modified_bessel_k0"] = c => c[0].ModifiedBesselK0(),
        ["modified_bessel_k1"] = c => c[0].ModifiedBesselK1(),
        ["scaled_modified_bessel_k0"] = c => c[0].ScaledModifiedBesselK0(),
        ["scaled_modified_bessel_k1"] = c => c[0].ScaledModifiedBesselK1(),
        ["spherical_bessel_j0"] = c => c[0].SphericalBesselJ0(),
        ["airy_ai"] = c => c[0].AiryAi(),
        ["polygamma"] = c => c[0].Polygamma(c.Case.Int("n")),
        ["multigammaln"] = c => c[0].Multigammaln(c.Case.Int("p")),
        ["xlog1py"] = c => c[0].XLog1py(c[1]),
        ["gammainc"] = c => c.Named("a") is { } a ? a.Gammainc(c[0]) : c[0].Gammainc(c[1]),
        ["gammaincc"] = c => c.Named("a") is { } a ? a.Gammaincc(c[0]) : c[0].Gammaincc(c[1]),
        ["zeta"] = c => c.Named("s") is { } s ? s.Zeta(c[0]) : c[0].Zeta(c[1]),
        ["trigamma"] = c => c[0].Polygamma(1),
        ["tetragamma"] = c => c[0].Polygamma(2),
    };

    /// <summary>Units in the last place that are allowed, where more than eight; the rounding of the argument itself costs most of them.</summary>
    static readonly Dictionary<string, double> s_units = new()
    {
        ["gammainc"] = 200, ["gammaincc"] = 400, ["erfinv"] = 16, ["ndtri"] = 16, ["zeta"] = 16, ["modified_bessel_k0"] = 16, ["modified_bessel_k1"] = 16, ["i0"] = 16, ["i1"] = 16,
        ["lgamma"] = 60, ["digamma"] = 100, ["trigamma"] = 60, ["tetragamma"] = 30, ["erfcx"] = 16, ["ndtr"] = 1000, ["airy_ai"] = 60, ["log_ndtr"] = 16, ["sinc"] = 8,
    };

    /// <summary>Functions with zeros that are no simple numbers are exact as a part of their waves, not of their values.</summary>
    static readonly string[] s_waves = ["bessel_j0", "bessel_j1", "bessel_y0", "bessel_y1", "airy_ai", "lgamma", "digamma", "modified_bessel_k0", "log_ndtr"];

    public static TheoryData<string> Ops => [.. s_ops.Keys.Where(op => Golden.Open("special").Cases.Any(c => c.Op == op && c.Name != $"{op}/exact"))];

    public static TheoryData<string> ExactOps => [.. s_ops.Keys.Where(op => Golden.Open("special").Cases.Any(c => c.Name == $"{op}/exact"))];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("special", op, c => [s_ops[op](c)], $"{op}/exact");

    [Theory, MemberData(nameof(ExactOps))]
    public void Is_exact_to_a_few_units_in_the_last_place(string op)
    {
        var c = Golden.Open("special")[$"{op}/exact"];
        double[] x = c.Inputs[0].Doubles, expected = c.Output.Doubles;
        foreach (var dtype in (DType[])[DType.Float64, DType.Float32])
        {
            double[] got = s_ops[op](new GoldenCall(c, dtype)).ToArray<double>();
            if (dtype == DType.Float32) continue;                            // the argument is rounded; the code is the same
            List<string> wrong = [];
            for (int i = 0; i < x.Length; i++)
            {
                double scale = Array.IndexOf(s_waves, op) >= 0 ? Math.Max(Math.Abs(expected[i]), Math.Min(1, 0.3 / Math.Sqrt(Math.Max(1, Math.Abs(x[i]))))) : Math.Abs(expected[i]);
                if (op is "airy_ai" && x[i] > 0) scale = Math.Abs(expected[i]);
                double units = Math.Abs(got[i] - expected[i]) / (scale * Math.Pow(2, -52));
                if (!(units <= s_units.GetValueOrDefault(op, 8) || Math.Abs(got[i] - expected[i]) < 1e-305)) wrong.Add($"{x[i]:r}: {got[i]:r} is {units:f1} units from {expected[i]:r}");
            }
            Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        }
    }
}
