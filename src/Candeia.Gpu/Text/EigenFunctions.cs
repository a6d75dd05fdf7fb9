namespace Candeia.Gpu;

/// <summary>
/// Eigenvalues and eigenvectors of one matrix of any real numbers by one thread, step by step as the processor computes them (EISPACK's orthes and hqr2): so they come in the same order.
/// T is float64 where a device has it.
/// </summary>
internal static class EigenFunctions
{
    /// <summary>Rows and columns of about the same size; then a Hessenberg matrix, and in v what made it so.</summary>
    const string Hessenberg = """
        FUNCTION void balance(GLOBAL T* h, N n, GLOBAL T* scale) {
          for (N i = 0; i < n; i++) scale[i] = 1;
          for (i32 changed = 1, round = 0; changed && round < 1000; round++) {
            changed = 0;
            for (N i = 0; i < n; i++) {
              T column = 0, row = 0, f = 1;
              for (N j = 0; j < n; j++) if (j != i) { column += fabs(h[j * n + i]); row += fabs(h[i * n + j]); }
              if (column == 0 || row == 0 || !(column - column == 0) || !(row - row == 0)) continue;
              const T sum = column + row;
              for (; column < row / 2; column *= 4) f *= 2;
              for (; column >= row * 2; column /= 4) f /= 2;
              if ((column + row) / f >= (T)0.95 * sum) continue;
              changed = 1; scale[i] *= f;
              for (N j = 0; j < n; j++) h[i * n + j] /= f;
              for (N j = 0; j < n; j++) h[j * n + i] *= f;
            }
          }
        }
        FUNCTION void hessenberg(GLOBAL T* h, GLOBAL T* v, GLOBAL T* ort, N n) {
          for (N m = 1; m < n - 1; m++) {
            T scale = 0, square = 0;
            for (N i = m; i < n; i++) scale += fabs(h[i * n + m - 1]);
            ort[m] = 0;
            if (scale == 0) continue;
            for (N i = n - 1; i >= m; i--) { ort[i] = h[i * n + m - 1] / scale; square += ort[i] * ort[i]; }
            const T g = ort[m] > 0 ? -sqrt(square) : sqrt(square);
            square -= ort[m] * g;
            ort[m] -= g;
            for (N j = m; j < n; j++) {
              T f = 0;
              for (N i = n - 1; i >= m; i--) f += ort[i] * h[i * n + j];
              f /= square;
              for (N i = m; i < n; i++) h[i * n + j] -= f * ort[i];
            }
            for (N i = 0; i < n; i++) {
              T f = 0;
              for (N j = m; j < n; j++) f += ort[j] * h[i * n + j];
              f /= square;
              for (N j = m; j < n; j++) h[i * n + j] -= f * ort[j];
            }
            ort[m] = scale * ort[m];
            h[m * n + m - 1] = scale * g;
          }
          for (N i = 0; i < n * n; i++) v[i] = i / n == i % n ? 1 : 0;
          for (N m = n - 2; m >= 1; m--) {
            if (h[m * n + m - 1] == 0 || ort[m] == 0) continue;
            for (N i = m + 1; i < n; i++) ort[i] = h[i * n + m - 1];
            for (N j = m; j < n; j++) {
              T g = 0;
              for (N i = m; i < n; i++) g += ort[i] * v[i * n + j];
              g = g / ort[m] / h[m * n + m - 1];
              for (N i = m; i < n; i++) v[i * n + j] += g * ort[i];
            }
          }
        }

        """;

    /// <summary>Francis' steps, until the matrix is triangular but for blocks of two; the eigenvalues are d + i·e.</summary>
    const string Iteration = """
        FUNCTION void pair(GLOBAL T* h, GLOBAL T* v, GLOBAL T* d, GLOBAL T* e, N n, N last, T shift) {
          const T w = h[last * n + last - 1] * h[(last - 1) * n + last]; T p = (h[(last - 1) * n + last - 1] - h[last * n + last]) / 2, q = p * p + w, z = sqrt(fabs(q));
          h[last * n + last] += shift;
          h[(last - 1) * n + last - 1] += shift;
          T x = h[last * n + last];
          if (q < 0) { d[last - 1] = d[last] = x + p; e[last - 1] = z; e[last] = -z; return; }
          z = p >= 0 ? p + z : p - z;
          d[last - 1] = x + z; d[last] = z != 0 ? x - w / z : x + z; e[last - 1] = e[last] = 0;
          x = h[last * n + last - 1];
          const T s = fabs(x) + fabs(z);
          p = x / s; q = z / s;
          const T r = sqrt(p * p + q * q);
          p /= r; q /= r;
          for (N j = last - 1; j < n; j++) { const T a = h[(last - 1) * n + j], b = h[last * n + j]; h[(last - 1) * n + j] = q * a + p * b; h[last * n + j] = q * b - p * a; }
          for (N i = 0; i <= last; i++) { const T a = h[i * n + last - 1], b = h[i * n + last]; h[i * n + last - 1] = q * a + p * b; h[i * n + last] = q * b - p * a; }
          for (N i = 0; i < n; i++) { const T a = v[i * n + last - 1], b = v[i * n + last]; v[i * n + last - 1] = q * a + p * b; v[i * n + last] = q * b - p * a; }
        }
        FUNCTION void turn_columns(GLOBAL T* a, i32 more, T q, T r, T x, T y, T z) {
          T p = x * a[0] + y * a[1];
          if (more) { p += z * a[2]; a[2] -= p * r; }
          a[0] -= p; a[1] -= p * q;
        }
        FUNCTION T sweep(GLOBAL T* h, GLOBAL T* v, N n, N l, N last, i32 round, T shift) {
          T x = h[last * n + last], y = h[(last - 1) * n + last - 1], w = h[last * n + last - 1] * h[(last - 1) * n + last], p = 0, q = 0, r = 0;
          if (round == 10 || round == 30) {
            shift += x;
            for (N i = 0; i <= last; i++) h[i * n + i] -= x;
            const T s = fabs(h[last * n + last - 1]) + fabs(h[(last - 1) * n + last - 2]);
            x = y = (T)0.75 * s; w = (T)-0.4375 * s * s;
          }
          N m = last - 2;
          for (; m >= l; m--) {
            const T z = h[m * n + m], a = x - z, b = y - z;
            p = (a * b - w) / h[(m + 1) * n + m] + h[m * n + m + 1];
            q = h[(m + 1) * n + m + 1] - z - a - b;
            r = h[(m + 2) * n + m + 1];
            const T s = fabs(p) + fabs(q) + fabs(r);
            p /= s; q /= s; r /= s;
            if (m == l) break;
            if (fabs(h[m * n + m - 1]) * (fabs(q) + fabs(r)) < SMALL * (fabs(p) * (fabs(h[(m - 1) * n + m - 1]) + fabs(z) + fabs(h[(m + 1) * n + m + 1])))) break;
          }
          for (N i = m + 2; i <= last; i++) { h[i * n + i - 2] = 0; if (i > m + 2) h[i * n + i - 3] = 0; }
          for (N k = m; k < last; k++) {
            const i32 more = k != last - 1;
            if (k != m) {
              p = h[k * n + k - 1]; q = h[(k + 1) * n + k - 1]; r = more ? h[(k + 2) * n + k - 1] : (T)0;
              x = fabs(p) + fabs(q) + fabs(r);
              if (x == 0) continue;
              p /= x; q /= x; r /= x;
            }
            const T s = copysign(sqrt(p * p + q * q + r * r), p);
            if (s == 0) continue;
            if (k != m) h[k * n + k - 1] = -s * x; else if (l != m) h[k * n + k - 1] = -h[k * n + k - 1];
            p += s;
            x = p / s; y = q / s;
            const T z = r / s;
            q /= p; r /= p;
            GLOBAL T* top = h + k * n;
            for (N j = k; j < n; j++) {
              T f = top[j] + q * top[n + j];
              if (more) { f += r * top[2 * n + j]; top[2 * n + j] -= f * z; }
              top[j] -= f * x; top[n + j] -= f * y;
            }
            for (N i = 0; i <= last && i <= k + 3; i++) turn_columns(h + i * n + k, more, q, r, x, y, z);
            for (N i = 0; i < n; i++) turn_columns(v + i * n + k, more, q, r, x, y, z);
          }
          return shift;
        }

        """;

    /// <summary>Eigenvectors of the triangular matrix, from below: real ones, and of pairs the real and the imaginary parts side by side. Then of the matrix itself, in v.</summary>
    const string Vectors = """
        #define QUOTIENT(re, im, a, b, c, d) { const T a_ = a, b_ = b, c_ = c, d_ = d; \
          if (fabs(d_) < fabs(c_)) { const T f_ = d_ / c_, g_ = c_ + d_ * f_; re = (a_ + b_ * f_) / g_; im = (b_ - a_ * f_) / g_; } \
          else { const T f_ = c_ / d_, g_ = d_ + c_ * f_; re = (b_ + a_ * f_) / g_; im = (b_ * f_ - a_) / g_; } }
        FUNCTION void real_vector(GLOBAL T* h, GLOBAL const T* d, GLOBAL const T* e, N n, N last, T norm) {
          N l = last;
          T z = 0, s = 0; const T p = d[last];
          h[last * n + last] = 1;
          for (N i = last - 1; i >= 0; i--) {
            const T w = h[i * n + i] - p; T r = 0;
            for (N j = l; j <= last; j++) r += h[i * n + j] * h[j * n + last];
            if (e[i] < 0) { z = w; s = r; continue; }
            l = i;
            if (e[i] == 0) h[i * n + last] = w != 0 ? -r / w : -r / (SMALL * norm);
            else {
              const T x = h[i * n + i + 1], y = h[(i + 1) * n + i], q = (d[i] - p) * (d[i] - p) + e[i] * e[i], t = (x * s - z * r) / q;
              h[i * n + last] = t;
              h[(i + 1) * n + last] = fabs(x) > fabs(z) ? (-r - w * t) / x : (-s - y * t) / z;
            }
            const T size = fabs(h[i * n + last]);
            if (SMALL * size * size > 1) for (N j = i; j <= last; j++) h[j * n + last] /= size;
          }
        }
        FUNCTION void complex_vector(GLOBAL T* h, GLOBAL const T* d, GLOBAL const T* e, N n, N last, T norm) {
          N l = last - 1;
          const T p = d[last], q = e[last]; T z = 0, r = 0, s = 0, re, im;
          if (fabs(h[last * n + last - 1]) > fabs(h[(last - 1) * n + last])) { re = q / h[last * n + last - 1]; im = -(h[last * n + last] - p) / h[last * n + last - 1]; }
          else QUOTIENT(re, im, 0, -h[(last - 1) * n + last], h[(last - 1) * n + last - 1] - p, q)
          h[(last - 1) * n + last - 1] = re; h[(last - 1) * n + last] = im;
          h[last * n + last - 1] = 0; h[last * n + last] = 1;
          for (N i = last - 2; i >= 0; i--) {
            T ra = 0, sa = 0;
            for (N j = l; j <= last; j++) { ra += h[i * n + j] * h[j * n + last - 1]; sa += h[i * n + j] * h[j * n + last]; }
            const T w = h[i * n + i] - p;
            if (e[i] < 0) { z = w; r = ra; s = sa; continue; }
            l = i;
            if (e[i] == 0) { QUOTIENT(re, im, -ra, -sa, w, q) h[i * n + last - 1] = re; h[i * n + last] = im; }
            else {
              const T x = h[i * n + i + 1], y = h[(i + 1) * n + i], vi = (d[i] - p) * 2 * q; T vr = (d[i] - p) * (d[i] - p) + e[i] * e[i] - q * q;
              if (vr == 0 && vi == 0) vr = SMALL * norm * (fabs(w) + fabs(q) + fabs(x) + fabs(y) + fabs(z));
              QUOTIENT(re, im, x * r - z * ra + q * sa, x * s - z * sa - q * ra, vr, vi)
              h[i * n + last - 1] = re; h[i * n + last] = im;
              if (fabs(x) > fabs(z) + fabs(q)) { h[(i + 1) * n + last - 1] = (-ra - w * re + q * im) / x; h[(i + 1) * n + last] = (-sa - w * im - q * re) / x; }
              else { T below, beside; QUOTIENT(below, beside, -r - y * re, -s - y * im, z, q) h[(i + 1) * n + last - 1] = below; h[(i + 1) * n + last] = beside; }
            }
            const T size = fabs(h[i * n + last - 1]) > fabs(h[i * n + last]) ? fabs(h[i * n + last - 1]) : fabs(h[i * n + last]);
            if (SMALL * size * size > 1) for (N j = i; j <= last; j++) { h[j * n + last - 1] /= size; h[j * n + last] /= size; }
          }
        }
        FUNCTION void substitute(GLOBAL T* h, GLOBAL T* v, GLOBAL const T* d, GLOBAL const T* e, GLOBAL T* line, N n, T norm) {
          for (N last = n - 1; last >= 0; last--) if (e[last] == 0) real_vector(h, d, e, n, last, norm); else if (e[last] < 0) complex_vector(h, d, e, n, last, norm);
          for (N i = 0; i < n; i++) {
            for (N j = 0; j < n; j++) { T sum = 0; for (N k = 0; k <= j; k++) sum += v[i * n + k] * h[k * n + j]; line[j] = sum; }
            for (N j = 0; j < n; j++) v[i * n + j] = line[j];
          }
        }

        """;

    /// <summary>All of it: eigenvalues d + i·e of a, eigenvectors in the columns of v, which are still to be multiplied by the scales, row by row. False where it comes to no end.</summary>
    public const string Eigen = Hessenberg + Iteration + Vectors + """
        FUNCTION i32 eigen(GLOBAL T* h, GLOBAL T* v, GLOBAL T* d, GLOBAL T* e, GLOBAL T* spare, GLOBAL T* scale, N n) {
          T norm = 0, shift = 0;
          for (N i = 0; i < n * n; i++) norm += fabs(h[i]);
          if (!(norm - norm == 0)) return 0;
          balance(h, n, scale);
          hessenberg(h, v, spare, n);
          norm = 0;
          for (N i = 0; i < n; i++) for (N j = i > 0 ? i - 1 : 0; j < n; j++) norm += fabs(h[i * n + j]);
          i32 round = 0;
          for (N last = n - 1; last >= 0;) {
            N l = last;
            for (; l > 0; l--) {
              const T size = fabs(h[(l - 1) * n + l - 1]) + fabs(h[l * n + l]);
              if (fabs(h[l * n + l - 1]) < SMALL * (size == 0 ? norm : size) || h[l * n + l - 1] == 0) break;
            }
            if (l == last) { h[last * n + last] += shift; d[last] = h[last * n + last]; e[last] = 0; last--; round = 0; }
            else if (l == last - 1) { pair(h, v, d, e, n, last, shift); last -= 2; round = 0; }
            else if (round == 60) return 0;
            else { shift = sweep(h, v, n, l, last, round, shift); round++; }
          }
          if (norm != 0) substitute(h, v, d, e, spare, n, norm);
          return 1;
        }

        """;

    /// <summary>What one matrix gives: values, and vectors of length 1; of two that are conjugate the largest element is real.</summary>
    public const string Values = "SET_I(e, eigen(a, b, w, w + n, w + 2 * n, w + 3 * n, n) ? 0 : 1); for (N i = 0; i < n; i++) { const N at = o_S + e * n + i; p_S[at].re = w[i]; p_S[at].im = w[n + i]; }";

    public const string Columns = """
        for (N j = 0; j < n; j++) {
          const i32 two = w[n + j] != 0 && j + 1 < n;
          T square = 0, most = 0, c = 1, s = 0;
          for (N i = 0; i < n; i++) {
            const T re = w[3 * n + i] * b[i * n + j], im = two ? w[3 * n + i] * b[i * n + j + 1] : (T)0, size = re * re + im * im;
            square += size;
            if (size > most) { most = size; c = re; s = im; }
          }
          if (two) { const T size = hypot(c, s); c /= size; s /= size; } else { c = 1; s = 0; }
          c /= sqrt(square); s /= sqrt(square);
          for (N i = 0; i < n; i++) {
            const T re = w[3 * n + i] * b[i * n + j], im = two ? w[3 * n + i] * b[i * n + j + 1] : (T)0;
            const N at = o_Y + (e * n + i) * n + j;
            p_Y[at].re = re * c + im * s; p_Y[at].im = im * c - re * s;
            if (two) { p_Y[at + 1].re = p_Y[at].re; p_Y[at + 1].im = -p_Y[at].im; }
          }
          if (two) j++;
        }
        """;
}
