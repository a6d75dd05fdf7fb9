namespace Candeia.Gpu;

/// <summary>Linear algebra of one small matrix by one thread, in the part that OpenCL C and CUDA C++ have in common: rows lie one behind the other, and T is float64 where a device has it.</summary>
internal static class MatrixFunctions
{
    const string RealNumbers = """
        typedef T REAL;
        #define ADD(x, y) ((x) + (y))
        #define SUB(x, y) ((x) - (y))
        #define MUL(x, y) ((x) * (y))
        #define DIV(x, y) ((x) / (y))
        #define NEGATIVE(x) (-(x))
        #define NUMBER(x) ((T)(x))
        #define IS_ZERO(x) ((x) == 0)
        #define SIZE(x) fabs(x)
        #define PIVOT(x) fabs(x)
        #define TURNED(x) (x)
        #define REAL_OF(x) (x)

        """;

    const string ComplexNumbers = """
        #define ADD(x, y) add_@(x, y)
        #define SUB(x, y) subtract_@(x, y)
        #define MUL(x, y) multiply_@(x, y)
        #define DIV(x, y) divide_@(x, y)
        #define NEGATIVE(x) negate_@(x)
        #define NUMBER(x) make_@(x, 0)
        #define IS_ZERO(x) ((x).re == 0 && (x).im == 0)
        #define SIZE(x) hypot((x).re, (x).im)
        #define PIVOT(x) (fabs((x).re) + fabs((x).im))
        #define TURNED(x) (hermitian ? make_@((x).re, -(x).im) : (x))
        #define REAL_OF(x) (hermitian ? make_@((x).re, 0) : (x))

        """;

    /// <summary>What the functions need of numbers of a type: REAL is the type of their sizes.</summary>
    public static string Scalars(DType type) => Types.IsComplex(type) ? $"typedef {Types.Stored(Types.Part(type))} REAL;\n{ComplexNumbers}" : RealNumbers;

    /// <summary>
    /// P·A = L·U in place, of m rows of n numbers, with partial pivoting: pivots are counted from 1, and the result is the first that is zero, likewise, or 0. Then A·X = B in place of B, and the
    /// triangles that it needs.
    /// </summary>
    public const string Lu = """
        FUNCTION i32 lu(GLOBAL T* a, N m, N n, GLOBAL i32* pivots) {
          const N k = m < n ? m : n; i32 zero = 0;
          for (N c = 0; c < k; c++) {
            N best = c;
            for (N i = c + 1; i < m; i++) if (PIVOT(a[i * n + c]) > PIVOT(a[best * n + c])) best = i;
            pivots[c] = (i32)best + 1;
            if (best != c) for (N j = 0; j < n; j++) { const T v = a[c * n + j]; a[c * n + j] = a[best * n + j]; a[best * n + j] = v; }
            const T top = a[c * n + c];
            if (IS_ZERO(top)) { if (zero == 0) zero = (i32)c + 1; continue; }
            for (N i = c + 1; i < m; i++) {
              const T f = a[i * n + c] = DIV(a[i * n + c], top);
              for (N j = c + 1; j < n; j++) a[i * n + j] = SUB(a[i * n + j], MUL(f, a[c * n + j]));
            }
          }
          return zero;
        }
        FUNCTION void triangle(GLOBAL const T* a, N n, GLOBAL T* b, N columns, N column, i32 upper, i32 unit) {
          for (N step = 0; step < n; step++) {
            const N i = upper ? n - 1 - step : step;
            T v = b[i * columns + column];
            for (N p = upper ? i + 1 : 0; p < (upper ? n : i); p++) v = SUB(v, MUL(a[i * n + p], b[p * columns + column]));
            b[i * columns + column] = unit ? v : DIV(v, a[i * n + i]);
          }
        }
        FUNCTION void lu_solve(GLOBAL const T* a, N n, GLOBAL const i32* pivots, GLOBAL T* b, N columns) {
          for (N i = 0; i < n; i++) {
            const N other = pivots[i] - 1;
            if (other != i) for (N j = 0; j < columns; j++) { const T v = b[i * columns + j]; b[i * columns + j] = b[other * columns + j]; b[other * columns + j] = v; }
          }
          for (N j = 0; j < columns; j++) { triangle(a, n, b, columns, j, 0, 1); triangle(a, n, b, columns, j, 1, 0); }
        }

        """;

    /// <summary>P·A·Pᵀ = L·D·Lᵀ in place of the lower triangle, as on the processor: the pivots and what is zero likewise. Then A·X = B in place of B.</summary>
    public const string Ldl = """
        #define AT(i, j) a[(i) * n + (j)]
        #define CHANGE(x, y) { const T t = x; x = y; y = t; }
        FUNCTION N ldl_pivot(GLOBAL const T* a, N n, N k, i32 hermitian, N* other) {
          const REAL alpha = (REAL)0.64038820320220756873, own = PIVOT(REAL_OF(AT(k, k)));
          REAL column = 0, line = 0; N best = k;
          *other = k;
          for (N i = k + 1; i < n; i++) if (PIVOT(AT(i, k)) > column) { best = i; column = PIVOT(AT(i, k)); }
          if ((own == 0 && column == 0) || own != own) return 0;
          if (own >= alpha * column) return 1;
          for (N j = k; j < best; j++) if (PIVOT(AT(best, j)) > line) line = PIVOT(AT(best, j));
          for (N i = best + 1; i < n; i++) if (PIVOT(AT(i, best)) > line) line = PIVOT(AT(i, best));
          if (own >= alpha * column * (column / line)) return 1;
          *other = best;
          return PIVOT(REAL_OF(AT(best, best))) >= alpha * line ? 1 : 2;
        }
        FUNCTION i32 ldl(GLOBAL T* a, N n, i32 hermitian, GLOBAL i32* pivots) {
          i32 zero = 0;
          for (N k = 0; k < n;) {
            N other; const N rows = ldl_pivot(a, n, k, hermitian, &other), step = rows == 0 ? 1 : rows, last = k + step - 1;
            if (rows == 0 && zero == 0) zero = (i32)k + 1;
            if (other != last) {
              for (N i = other + 1; i < n; i++) CHANGE(AT(i, last), AT(i, other))
              for (N j = last + 1; j < other; j++) { const T v = TURNED(AT(j, last)); AT(j, last) = TURNED(AT(other, j)); AT(other, j) = v; }
              AT(other, last) = TURNED(AT(other, last));
              CHANGE(AT(last, last), AT(other, other))
              if (last > k) CHANGE(AT(last, k), AT(other, k))
            }
            for (N i = k; i <= last; i++) AT(i, i) = REAL_OF(AT(i, i));
            if (rows == 1) {
              const T inverse = DIV(NUMBER(1), AT(k, k));
              for (N i = k + 1; i < n; i++) {
                const T f = MUL(inverse, AT(i, k));
                for (N j = k + 1; j <= i; j++) AT(i, j) = SUB(AT(i, j), MUL(f, TURNED(AT(j, k))));
                AT(i, i) = REAL_OF(AT(i, i));
              }
              for (N i = k + 1; i < n; i++) AT(i, k) = MUL(AT(i, k), inverse);
            } else if (rows == 2) {
              const T aside = AT(k + 1, k), turned = TURNED(aside), lower = DIV(AT(k + 1, k + 1), aside), upper = DIV(AT(k, k), turned), scale = DIV(NUMBER(1), SUB(MUL(lower, upper), NUMBER(1)));
              for (N j = k + 2; j < n; j++) {
                const T one = AT(j, k), two = AT(j, k + 1);
                const T first = DIV(MUL(scale, SUB(MUL(lower, one), two)), turned), second = DIV(MUL(scale, SUB(MUL(upper, two), one)), aside);
                for (N i = j; i < n; i++) AT(i, j) = SUB(AT(i, j), ADD(MUL(AT(i, k), TURNED(first)), MUL(AT(i, k + 1), TURNED(second))));
                AT(j, k) = first; AT(j, k + 1) = second; AT(j, j) = REAL_OF(AT(j, j));
              }
            }
            for (N i = k; i <= last; i++) pivots[i] = step == 1 ? (i32)other + 1 : -(i32)other - 1;
            k += step;
          }
          return zero;
        }
        FUNCTION void ldl_solve(GLOBAL const T* a, N n, i32 hermitian, GLOBAL const i32* pivots, GLOBAL T* b, N columns) {
          for (N k = 0; k < n;) {
            const N step = pivots[k] > 0 ? 1 : 2, last = k + step - 1, other = (pivots[k] > 0 ? pivots[k] : -pivots[k]) - 1;
            if (other != last) for (N j = 0; j < columns; j++) CHANGE(b[last * columns + j], b[other * columns + j])
            for (N i = last + 1; i < n; i++) for (N c = k; c <= last; c++)
              for (N j = 0; j < columns; j++) b[i * columns + j] = SUB(b[i * columns + j], MUL(AT(i, c), b[c * columns + j]));
            if (step == 1) for (N j = 0; j < columns; j++) b[k * columns + j] = DIV(b[k * columns + j], AT(k, k));
            else {
              const T aside = AT(k + 1, k), turned = TURNED(aside), upper = DIV(AT(k, k), turned), lower = DIV(AT(k + 1, k + 1), aside), scale = SUB(MUL(upper, lower), NUMBER(1));
              for (N j = 0; j < columns; j++) {
                const T one = DIV(b[k * columns + j], turned), two = DIV(b[last * columns + j], aside);
                b[k * columns + j] = DIV(SUB(MUL(lower, one), two), scale); b[last * columns + j] = DIV(SUB(MUL(upper, two), one), scale);
              }
            }
            k += step;
          }
          for (i64 at = (i64)n - 1; at >= 0;) {
            const N k = (N)at, step = pivots[k] > 0 ? 1 : 2, other = (pivots[k] > 0 ? pivots[k] : -pivots[k]) - 1;
            for (N c = k + 1 - step; c <= k; c++) for (N i = k + 1; i < n; i++)
              for (N j = 0; j < columns; j++) b[c * columns + j] = SUB(b[c * columns + j], MUL(TURNED(AT(i, c)), b[i * columns + j]));
            if (other != k) for (N j = 0; j < columns; j++) CHANGE(b[k * columns + j], b[other * columns + j])
            at -= step;
          }
        }

        """;

    /// <summary>A = Q·R by reflections I − τ·v·vᵀ, in place: R above, and below it v, which is 1 on the diagonal. Then what the reflections make of a matrix of so many columns.</summary>
    public const string Reflections = """
        FUNCTION void reflect(GLOBAL const T* v, N row, N rows, T tau, GLOBAL T* x, N step, N columns) {
          for (N j = 0; j < columns; j++) {
            T s = x[j];
            for (N i = 1; i < rows; i++) s += v[i * row] * x[i * step + j];
            s *= tau;
            x[j] -= s;
            for (N i = 1; i < rows; i++) x[i * step + j] -= s * v[i * row];
          }
        }
        FUNCTION void qr(GLOBAL T* a, N m, N n, GLOBAL T* tau) {
          for (N c = 0; c < m && c < n; c++) {
            GLOBAL T* x = a + c * n + c;
            T rest = 0;
            for (N i = 1; i < m - c; i++) rest = hypot(rest, x[i * n]);
            tau[c] = 0;
            if (rest == 0) continue;
            const T alpha = x[0], beta = copysign(hypot(alpha, rest), -alpha);
            for (N i = 1; i < m - c; i++) x[i * n] /= alpha - beta;
            x[0] = beta;
            tau[c] = (beta - alpha) / beta;
            reflect(x, n, m - c, tau[c], x + 1, n, n - c - 1);
          }
        }

        """;

    /// <summary>Jacobi's rotations: eigenvalues on the diagonal of a symmetric matrix, rising, and eigenvectors as rows of v. False where something is not finite.</summary>
    public const string Eigenvalues = """
        FUNCTION i32 eigenvalues(GLOBAL T* a, N n, GLOBAL T* v) {
          T whole = 0;
          for (N i = 0; i < n; i++) for (N j = 0; j < n; j++) { whole += a[i * n + j] * a[i * n + j]; v[i * n + j] = i == j ? 1 : 0; }
          if (!(whole - whole == 0)) return 0;
          for (i32 sweep = 0; sweep < 60; sweep++) {
            T off = 0;
            for (N i = 0; i < n; i++) for (N j = 0; j < i; j++) off += a[i * n + j] * a[i * n + j];
            if (off <= whole * EPSILON * EPSILON) break;
            for (N p = 0; p < n; p++) for (N q = p + 1; q < n; q++) {
              const T apq = a[p * n + q];
              if (apq == 0) continue;
              const T theta = (a[q * n + q] - a[p * n + p]) / (2 * apq), t = copysign((T)1, theta) / (fabs(theta) + sqrt(theta * theta + 1)), c = 1 / sqrt(t * t + 1), s = t * c;
              for (N k = 0; k < n; k++) { const T x = a[k * n + p], y = a[k * n + q]; a[k * n + p] = c * x - s * y; a[k * n + q] = s * x + c * y; }
              for (N k = 0; k < n; k++) { const T x = a[p * n + k], y = a[q * n + k]; a[p * n + k] = c * x - s * y; a[q * n + k] = s * x + c * y; }
              for (N k = 0; k < n; k++) { const T x = v[p * n + k], y = v[q * n + k]; v[p * n + k] = c * x - s * y; v[q * n + k] = s * x + c * y; }
              a[p * n + q] = a[q * n + p] = 0;
            }
          }
          for (N i = 0; i < n; i++) {
            N least = i;
            for (N j = i + 1; j < n; j++) if (a[j * n + j] < a[least * n + least]) least = j;
            if (least == i) continue;
            const T x = a[i * n + i]; a[i * n + i] = a[least * n + least]; a[least * n + least] = x;
            for (N k = 0; k < n; k++) { const T y = v[i * n + k]; v[i * n + k] = v[least * n + k]; v[least * n + k] = y; }
          }
          return 1;
        }

        """;

    /// <summary>
    /// Jacobi's rotations from one side: of n rows of m ≥ n numbers each, singular values, falling, what the rows are of length 1, and v, whose rows belong to them. Rows from n on, up to tall, and
    /// those whose value is 0, complete the others. False where something is not finite.
    /// </summary>
    public const string SingularValues = """
        FUNCTION i32 singular_values(GLOBAL T* u, N n, N m, N tall, GLOBAL T* v, GLOBAL T* s) {
          T whole = 0;
          for (N i = 0; i < n * m; i++) whole += u[i] * u[i];
          if (!(whole - whole == 0)) return 0;
          for (N i = 0; i < n; i++) for (N j = 0; j < n; j++) v[i * n + j] = i == j ? 1 : 0;
          for (i32 sweep = 0, turned = 1; sweep < 60 && turned; sweep++) {
            turned = 0;
            for (N p = 0; p < n; p++) for (N q = p + 1; q < n; q++) {
              T a = 0, b = 0, g = 0;
              for (N k = 0; k < m; k++) { const T x = u[p * m + k], y = u[q * m + k]; a += x * x; b += y * y; g += x * y; }
              if (fabs(g) <= EPSILON * sqrt(a * b) || g == 0) continue;
              turned = 1;
              const T theta = (b - a) / (2 * g), t = copysign((T)1, theta) / (fabs(theta) + sqrt(theta * theta + 1)), c = 1 / sqrt(t * t + 1), d = t * c;
              for (N k = 0; k < m; k++) { const T x = u[p * m + k], y = u[q * m + k]; u[p * m + k] = c * x - d * y; u[q * m + k] = d * x + c * y; }
              for (N k = 0; k < n; k++) { const T x = v[p * n + k], y = v[q * n + k]; v[p * n + k] = c * x - d * y; v[q * n + k] = d * x + c * y; }
            }
          }
          for (N i = 0; i < n; i++) { T a = 0; for (N k = 0; k < m; k++) a = hypot(a, u[i * m + k]); s[i] = a; }
          for (N i = 0; i < n; i++) {
            N most = i;
            for (N j = i + 1; j < n; j++) if (s[j] > s[most]) most = j;
            if (most == i) continue;
            T x = s[i]; s[i] = s[most]; s[most] = x;
            for (N k = 0; k < m; k++) { x = u[i * m + k]; u[i * m + k] = u[most * m + k]; u[most * m + k] = x; }
            for (N k = 0; k < n; k++) { x = v[i * n + k]; v[i * n + k] = v[most * n + k]; v[most * n + k] = x; }
          }
          for (N i = 0; i < tall; i++) {
            if (i < n && s[i] > EPSILON * m * s[0]) { for (N k = 0; k < m; k++) u[i * m + k] /= s[i]; continue; }
            N best = 0; T most = -1;
            for (N k = 0; k < m; k++) { T left = 1; for (N j = 0; j < i; j++) left -= u[j * m + k] * u[j * m + k]; if (left > most) { most = left; best = k; } }
            for (N k = 0; k < m; k++) u[i * m + k] = k == best ? 1 : 0;
            for (i32 twice = 0; twice < 2; twice++) for (N j = 0; j < i; j++) {
              T dot = 0;
              for (N k = 0; k < m; k++) dot += u[j * m + k] * u[i * m + k];
              for (N k = 0; k < m; k++) u[i * m + k] -= dot * u[j * m + k];
            }
            T length = 0;
            for (N k = 0; k < m; k++) length = hypot(length, u[i * m + k]);
            for (N k = 0; k < m; k++) u[i * m + k] /= length;
          }
          return 1;
        }

        """;

    /// <summary>The exponential of n rows of n numbers in place, by its series and squares; <c>spare</c> has room for three more matrices.</summary>
    public const string Exponential = """
        FUNCTION void product(GLOBAL const T* a, GLOBAL const T* b, GLOBAL T* y, N n) {
          for (N i = 0; i < n; i++) for (N j = 0; j < n; j++) { T s = NUMBER(0); for (N k = 0; k < n; k++) s = ADD(s, MUL(a[i * n + k], b[k * n + j])); y[i * n + j] = s; }
        }
        FUNCTION void exponential(GLOBAL T* a, N n, GLOBAL T* spare) {
          GLOBAL T* term = spare; GLOBAL T* next = spare + n * n; GLOBAL T* sum = spare + 2 * n * n;
          REAL size = 0, scale = 1; i32 halvings = 0;
          for (N i = 0; i < n; i++) { REAL row = 0; for (N j = 0; j < n; j++) row += SIZE(a[i * n + j]); if (!(row <= size)) size = row; }
          for (; size > (REAL)0.5 && halvings < 1100; size /= 2) halvings++;
          for (i32 i = 0; i < halvings; i++) scale /= 2;
          for (N i = 0; i < n * n; i++) { a[i] = MUL(a[i], NUMBER(scale)); term[i] = sum[i] = NUMBER(i / n == i % n ? 1 : 0); }
          for (i32 k = 1; k <= 20; k++) {
            product(term, a, next, n);
            for (N i = 0; i < n * n; i++) { term[i] = DIV(next[i], NUMBER(k)); sum[i] = ADD(sum[i], term[i]); }
          }
          for (i32 i = 0; i < halvings; i++) { product(sum, sum, next, n); for (N k = 0; k < n * n; k++) sum[k] = next[k]; }
          for (N i = 0; i < n * n; i++) a[i] = sum[i];
        }

        """;
}
