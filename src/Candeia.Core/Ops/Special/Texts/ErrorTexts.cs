namespace Candeia;

/// <summary>The error functions that C does not have, for devices that compile text: as in <see cref="Kernels.Erfcx"/> and its neighbours.</summary>
internal static class ErrorTexts
{
    static readonly string s_erfcx = SeriesTexts.Polynomial("erfcx_p_", 2.46196981473530512524e-10, 5.64189564831068821977e-1, 7.46321056442269912687, 4.86371970985681366614e1, 1.96520832956077098242e2,
            5.26445194995477358631e2, 9.34528527171957607540e2, 1.02755188689515710272e3, 5.57535335369399327526e2)
        + SeriesTexts.Polynomial("erfcx_q_", 1, 1.32281951154744992508e1, 8.67072140885989742329e1, 3.54937778887819891062e2, 9.75708501743205489753e2, 1.82390916687909736289e3,
            2.24633760818710981792e3, 1.65666309194161350182e3, 5.57535340817727675546e2)
        + SeriesTexts.Polynomial("erfcx_r_", 5.64189583547755073984e-1, 1.27536670759978104416, 5.01905042251180477414, 6.16021097993053585195, 7.40974269950448939160, 2.97886665372100240670)
        + SeriesTexts.Polynomial("erfcx_s_", 1, 2.26052863220117276590, 9.39603524938001434673, 1.20489539808096656605e1, 1.70814450747565897222e1, 9.60896809063285878198, 3.36907645100081516050)
        + """
        FUNCTION f64 square_(f64 x, f64 sign) { const f64 h = rint(x * 16) / 16, l = x - h; return exp(sign * h * h) * exp(sign * l * (x + h)); }
        FUNCTION f64 erfcx_above_(f64 x) {
          if (x < 1) return square_(x, 1) * (1 - erf(x));
          return x > 1e8 ? 0.56418958354775628695 / x : x < 8 ? erfcx_p_(x) / erfcx_q_(x) : erfcx_r_(x) / erfcx_s_(x);
        }
        FUNCTION f64 erfcx_(f64 x) { return x != x ? x : x < -26.7 ? (f64)INFINITY : x < 0 ? 2 * square_(x, 1) - erfcx_above_(-x) : erfcx_above_(x); }

        """;

    static readonly string s_ndtri = SeriesTexts.Polynomial("ndtri_a_", 2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
            133.14166789178437745, 3.387132872796366608)
        + SeriesTexts.Polynomial("ndtri_b_", 5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1)
        + SeriesTexts.Polynomial("ndtri_c_", 7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
            4.6303378461565452959, 1.42343711074968357734)
        + SeriesTexts.Polynomial("ndtri_d_", 1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494,
            2.05319162663775882187, 1)
        + SeriesTexts.Polynomial("ndtri_e_", 2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358,
            5.4637849111641143699, 6.6579046435011037772)
        + SeriesTexts.Polynomial("ndtri_f_", 2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
            0.59983220655588793769, 1)
        + """
        FUNCTION f64 ndtri_(f64 p) {
          if (!(p > 0 && p < 1)) return p == 0 ? -(f64)INFINITY : p == 1 ? (f64)INFINITY : (f64)NAN;
          const f64 q = p - 0.5, c = 0.180625 - q * q;
          if (fabs(q) <= 0.425) return q * (ndtri_a_(c) / ndtri_b_(c));
          const f64 r = sqrt(-log(q < 0 ? p : 1 - p)), y = r <= 5 ? ndtri_c_(r - 1.6) / ndtri_d_(r - 1.6) : ndtri_e_(r - 5) / ndtri_f_(r - 5);
          return q < 0 ? -y : y;
        }

        """;

    static readonly string s_erfinv = s_erfcx + s_ndtri + SeriesTexts.Polynomial("erfinv_near_", 34807.0 / 178200, 4369.0 / 22680, 127.0 / 630, 7.0 / 30, 1.0 / 3, 1) + """
        FUNCTION f64 erfinv_(f64 x) {
          const f64 a = fabs(x);
          if (!(a <= 1)) return (f64)NAN;
          if (a == 1) return x * (f64)INFINITY;
          if (a < 1e-8) return x * 0.88622692545275801365;
          f64 y = a < 0.7 ? 0.88622692545275801365 * a * erfinv_near_(0.78539816339744830962 * a * a) : -ndtri_((1 - a) / 2) * 0.70710678118654752440;
          for (i32 i = 0; i < 2; i++) {
            const f64 error = a < 0.5 ? erf(y) - a : 1 - a - erfc(y), step = error * square_(y, 1) * 0.88622692545275801365;
            y -= step / (1 + y * step);
          }
          return copysign(y, x);
        }

        """;

    public static Formula Erfcx { get; } = new("(T)erfcx_(a)") { Functions = s_erfcx };

    public static Formula Ndtri { get; } = new("(T)ndtri_(a)") { Functions = s_ndtri };

    public static Formula Erfinv { get; } = new("(T)erfinv_(a)") { Functions = s_erfinv };

    public static Formula Ndtr { get; } = new("(T)ndtr_(a)") { Functions = "FUNCTION f64 ndtr_(f64 x) { return 0.5 * erfc(-x * 0.70710678118654752440); }\n" };

    public static Formula LogNdtr { get; } = new("(T)log_ndtr_(a)")
    {
        Functions = s_erfcx + """
            FUNCTION f64 log_ndtr_(f64 x) { const f64 t = x * 0.70710678118654752440; return x < -1 ? log(0.5 * erfcx_(-t)) - t * t : log1p(-0.5 * erfc(t)); }

            """,
    };
}
