namespace Candeia.Kernels;

/// <summary>e^(x²)·erfc(x) (Cephes' rational functions).</summary>
internal readonly struct Erfcx : IFunction
{
    public static double Of(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x < -26.7) return double.PositiveInfinity;
        if (x < 0) return 2 * Square(x) - Of(-x);
        if (x < 1) return Square(x) * (1 - Erf(x));
        return x > 1e8 ? 0.56418958354775628695 / x : Far(x);
    }

    /// <summary>e^(x²), where the rounding of x² does not matter: x is split in two.</summary>
    public static double Square(double x, int sign = 1)
    {
        double high = Math.Round(x * 16) / 16, low = x - high;
        return Math.Exp(sign * high * high) * Math.Exp(sign * low * (x + high));
    }

    public static double Far(double x)
    {
        if (x < 8)
            return Scalars.Polynomial(x, [2.46196981473530512524e-10, 5.64189564831068821977e-1, 7.46321056442269912687, 4.86371970985681366614e1, 1.96520832956077098242e2,
                5.26445194995477358631e2, 9.34528527171957607540e2, 1.02755188689515710272e3, 5.57535335369399327526e2])
                / Scalars.Polynomial(x, [1, 1.32281951154744992508e1, 8.67072140885989742329e1, 3.54937778887819891062e2, 9.75708501743205489753e2, 1.82390916687909736289e3,
                    2.24633760818710981792e3, 1.65666309194161350182e3, 5.57535340817727675546e2]);
        return Scalars.Polynomial(x, [5.64189583547755073984e-1, 1.27536670759978104416, 5.01905042251180477414, 6.16021097993053585195, 7.40974269950448939160, 2.97886665372100240670])
            / Scalars.Polynomial(x, [1, 2.26052863220117276590, 9.39603524938001434673, 1.20489539808096656605e1, 1.70814450747565897222e1, 9.60896809063285878198,
                3.36907645100081516050]);
    }

    /// <summary>erf(x) for |x| up to 1.</summary>
    public static double Erf(double x)
    {
        double z = x * x;
        return x * Scalars.Polynomial(z, [9.60497373987051638749, 9.00260197203842689217e1, 2.23200534594684319226e3, 7.00332514112805075473e3, 5.55923013010394962768e4])
            / Scalars.Polynomial(z, [1, 3.35617141647503099647e1, 5.21357949780152679795e2, 4.59432382970980127987e3, 2.26290000613890934246e4, 4.92673942608635921086e4]);
    }
}

/// <summary>1 − erf(x), without loss where that is small.</summary>
internal readonly struct Erfc : IFunction
{
    public static double Of(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) < 1) return 1 - Erfcx.Erf(x);
        if (x < 0) return 2 - Of(-x);
        return x > 27.3 ? 0 : Erfcx.Square(x, -1) * Erfcx.Far(x);
    }
}

/// <summary>The number whose error function is x: that of a normal distribution's quantile, and Halley's step.</summary>
internal readonly struct Erfinv : IFunction
{
    public static double Of(double x)
    {
        double a = Math.Abs(x);
        if (!(a <= 1)) return double.NaN;
        if (a == 1) return x * double.PositiveInfinity;
        if (a < 1e-8) return x * 0.88622692545275801365;
        double y = a < 0.7 ? Central(a) : -Ndtri.Of((1 - a) / 2) / Math.Sqrt(2);
        for (int i = 0; i < 2; i++)
        {
            double error = a < 0.5 ? (y < 1 ? Erfcx.Erf(y) : 1 - Erfc.Of(y)) - a : 1 - a - Erfc.Of(y), step = error * Erfcx.Square(y) * 0.88622692545275801365;
            y -= step / (1 + y * step);
        }
        return Math.CopySign(y, x);
    }

    /// <summary>The first terms of the series about 0.</summary>
    static double Central(double x)
    {
        double z = Math.PI / 4 * x * x;
        return Math.Sqrt(Math.PI) / 2 * x * Scalars.Polynomial(z, [34807.0 / 178200, 4369.0 / 22680, 127.0 / 630, 7.0 / 30, 1.0 / 3, 1]);
    }
}

/// <summary>The distribution function of the normal distribution.</summary>
internal readonly struct Ndtr : IFunction
{
    public static double Of(double x) => 0.5 * Erfc.Of(-x * 0.70710678118654752440);
}

/// <summary>The quantile function of the normal distribution.</summary>
internal readonly struct Ndtri : IFunction
{
    public static double Of(double p) => p is > 0 and < 1 ? NormalQuantile.At(p) : p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
}

/// <summary>The logarithm of the normal distribution function.</summary>
internal readonly struct LogNdtr : IFunction
{
    public static double Of(double x)
    {
        double t = x * 0.70710678118654752440;
        return x < -1 ? Math.Log(0.5 * Erfcx.Of(-t)) - t * t : Log1p.Of(-0.5 * Erfc.Of(t));
    }
}
