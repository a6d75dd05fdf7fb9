namespace Candeia;

/// <summary>
/// Linear algebra: what torch.linalg has. A matrix is the last two dimensions of a tensor, [..., rows, columns]; those before count matrices, and everything is
/// done for each. All have derivatives of any order unless their description says otherwise.
/// </summary>
/// <example><code>
/// Tensor a = [[3.0, 1], [1, 2]], b = [9.0, 8];
/// var x = Linalg.Solve(a, b);                                              // 2, 3
/// var (values, vectors) = a.Eigh();
/// </code></example>
public static partial class Linalg;
