namespace Candeia.Gpu;

/// <summary>The functions that stand before every kernel, in the part that OpenCL C and CUDA C++ have in common.</summary>
internal static class Library
{
    static readonly (string Name, string Part)[] s_complex = [("c64", "f32"), ("c128", "f64")];
    static readonly string[] s_types = ["u8", "i8", "i16", "i32", "i64", "f32", "f64"];

    /// <summary>The functions that a kernel needs: for every type under its own name, for C knows no templates.</summary>
    public static string For(string kernel) => (Uses(kernel, "f16") || Uses(kernel, "b16") ? Narrow : "") + Shared
        + string.Concat(s_complex.Where(t => Uses(kernel, t.Name)).Select(t => Complex.Replace("@", t.Name, StringComparison.Ordinal).Replace("#", t.Part, StringComparison.Ordinal)))
        + string.Concat(s_types.Where(t => Uses(kernel, t)).Select(t => (t[0] == 'f' ? Real : Whole).Replace("@", t, StringComparison.Ordinal) + "\n"));

    static bool Uses(string kernel, string type) => kernel.Contains($"_{type}(", StringComparison.Ordinal);

    const string Narrow = """
        FUNCTION f32 from_f16(u16 h) {
          const u32 sign = (u32)(h & 0x8000) << 16, rest = h & 0x7FFF;
          if (rest >= 0x7C00) return BITS_FLOAT(sign | 0x7F800000u | (rest & 0x3FF) << 13);
          if (rest >= 0x400) return BITS_FLOAT(sign | ((rest << 13) + 0x38000000u));
          const f32 small = (f32)rest * 5.9604644775390625e-8f;
          return sign != 0 ? -small : small;
        }
        FUNCTION u16 to_f16(f32 x) {
          const u32 bits = FLOAT_BITS(x), sign = bits >> 16 & 0x8000, rest = bits & 0x7FFFFFFFu;
          if (rest > 0x7F800000u) return (u16)(sign | 0x7E00);
          if (rest >= 0x477FF000u) return (u16)(sign | 0x7C00);
          if (rest < 0x38800000u) return (u16)(sign | (u32)rint(BITS_FLOAT(rest) * 16777216));
          return (u16)(sign | ((rest - 0x38000000u + 0xFFF + (rest >> 13 & 1)) >> 13));
        }
        FUNCTION f32 from_b16(u16 h) { return BITS_FLOAT((u32)h << 16); }
        FUNCTION u16 to_b16(f32 x) {
          const u32 bits = FLOAT_BITS(x);
          return (bits & 0x7FFFFFFFu) > 0x7F800000u ? (u16)(bits >> 16 | 0x40) : (u16)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
        }

        """;

    const string Shared = """
        FUNCTION i32 least_i32(i64 x) { return x > 2147483647 ? 2147483647 : x < -2147483647 ? (i32)-2147483647 - 1 : (i32)x; }

        """;

    const string Complex = """
        FUNCTION @ make_@(# re, # im) { @ z; z.re = re; z.im = im; return z; }
        FUNCTION @ add_@(@ a, @ b) { return make_@(a.re + b.re, a.im + b.im); }
        FUNCTION @ subtract_@(@ a, @ b) { return make_@(a.re - b.re, a.im - b.im); }
        FUNCTION @ multiply_@(@ a, @ b) { return make_@(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re); }
        FUNCTION @ negate_@(@ a) { return make_@(-a.re, -a.im); }
        FUNCTION @ divide_@(@ a, @ b) {
          if (fabs(b.im) < fabs(b.re)) { const # q = b.im / b.re, d = b.re + b.im * q; return make_@((a.re + a.im * q) / d, (a.im - a.re * q) / d); }
          const # q = b.re / b.im, d = b.im + b.re * q;
          return make_@((a.im + a.re * q) / d, (a.im * q - a.re) / d);
        }
        FUNCTION @ power_@(@ a, @ b) {
          if (b.re == 0 && b.im == 0) return make_@(1, 0);
          if (a.re == 0 && a.im == 0) return a;
          const # r = hypot(a.re, a.im), t = atan2(a.im, a.re), w = b.re * t + b.im * log(r), s = pow(r, b.re) * exp(-b.im * t);
          return make_@(s * cos(w), s * sin(w));
        }

        """;

    const string Real = """
        FUNCTION @ max_@(@ a, @ b) { return a != a ? a : b != b ? b : a > b ? a : b; }
        FUNCTION @ min_@(@ a, @ b) { return a != a ? a : b != b ? b : a < b ? a : b; }
        FUNCTION @ abs_@(@ a) { return fabs(a); }
        FUNCTION @ mod_@(@ a, @ b) { return fmod(a, b); }
        FUNCTION @ remainder_@(@ a, @ b) { const @ r = fmod(a, b); return r != 0 && (r < 0) != (b < 0) ? r + b : r; }
        FUNCTION @ floor_divide_@(@ a, @ b) { if (b == 0) return a / b; const @ r = fmod(a, b); return rint((a - r) / b - (r != 0 && (r < 0) != (b < 0) ? 1 : 0)); }
        FUNCTION @ log1p_@(@ a) { return log1p(a); }
        FUNCTION @ sigmoid_@(@ a) { return 1 / (1 + exp(-a)); }
        FUNCTION @ softplus_@(@ a) { return max_@(a, (@)0) + log1p(exp(-fabs(a))); }
        FUNCTION @ mish_slope_@(@ a) { const @ t = tanh(softplus_@(a)); return t + a * sigmoid_@(a) * (1 - t * t); }
        FUNCTION @ gelu_tanh_gradient_@(@ g, @ x) {
          const @ c = (@)0.79788456080286535588, s = x * x, t = tanh(c * x * (s * (@)0.044715 + 1));
          return g * (@)0.5 * (1 + t + x * (1 - t * t) * c * (s * (@)0.134145 + 1));
        }
        FUNCTION i32 negative_@(@ a) { return SIGN_@(a) != 0; }
        FUNCTION @ mantissa_@(@ a) { i32 e; return FREXP(a, e); }
        FUNCTION i32 exponent_@(@ a) { i32 e; FREXP(a, e); return e; }
        FUNCTION i32 is_close_@(@ a, @ b, @ r, @ t) { const @ d = fabs(a - b); return d - d == 0 && d <= t + fabs(r * b); }
        FUNCTION i64 whole_@(@ x) { return x != x ? 0 : x >= (@)9223372036854775807 ? 9223372036854775807 : x <= -(@)9223372036854775807 ? -9223372036854775807 - 1 : (i64)x; }
        FUNCTION @ pow_@(@ a, @ b) { return pow(a, b); }
        """;

    const string Whole = """
        FUNCTION @ max_@(@ a, @ b) { return a > b ? a : b; }
        FUNCTION @ min_@(@ a, @ b) { return a < b ? a : b; }
        FUNCTION @ abs_@(@ a) { return a < 0 ? (@)-a : a; }
        FUNCTION @ mod_@(@ a, @ b) { return b == 0 || b == (@)-1 && b < 0 ? (@)0 : (@)(a % b); }
        FUNCTION @ remainder_@(@ a, @ b) { const @ r = mod_@(a, b); return r != 0 && (r < 0) != (b < 0) ? (@)(r + b) : r; }
        FUNCTION @ floor_divide_@(@ a, @ b) {
          if (b == 0) return 0;
          if (b == (@)-1 && b < 0) return (@)(0 - a);
          const @ r = (@)(a % b);
          return (@)((a - r) / b - (r != 0 && (r < 0) != (b < 0) ? 1 : 0));
        }
        FUNCTION @ shift_left_@(@ a, @ b) { return b < 0 || b >= 8 * (i32)sizeof(@) ? (@)0 : (@)((u64)a << b); }
        FUNCTION @ shift_right_@(@ a, @ b) { return b < 0 || b >= 8 * (i32)sizeof(@) ? a < 0 ? (@)-1 : (@)0 : (@)(a >> b); }
        FUNCTION @ gcd_@(@ a, @ b) { a = abs_@(a); b = abs_@(b); while (b != 0) { const @ r = abs_@(mod_@(a, b)); a = b; b = r; } return a; }
        FUNCTION @ lcm_@(@ a, @ b) { const @ g = gcd_@(a, b); return g == 0 ? (@)0 : (@)(abs_@(a) / g * abs_@(b)); }
        FUNCTION i32 negative_@(@ a) { return a < 0; }
        FUNCTION @ pow_@(@ a, @ n) {
          if (n < 0) return a == 1 ? a : a != (@)-1 || a > 0 ? (@)0 : n % 2 != 0 ? a : (@)1;
          @ p = 1;
          for (; n != 0; n /= 2, a = (@)(a * a)) if (n % 2 != 0) p = (@)(p * a);
          return p;
        }
        """;
}
