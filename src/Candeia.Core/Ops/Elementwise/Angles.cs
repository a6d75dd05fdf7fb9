namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Degrees as radians, element by element.</summary>
    /// <param name="x">Angles in degrees, of any shape, which the result keeps.</param>
    /// <example><code>Tensor x = [0, 180]; var y = x.Deg2Rad();                          // [0, 3.1416]</code></example>
    public static Tensor Deg2Rad(this Tensor x) => x * (Math.PI / 180);

    /// <summary>Radians as degrees, element by element.</summary>
    /// <param name="x">Angles in radians, of any shape, which the result keeps.</param>
    /// <example><code>Tensor x = [0, Math.PI]; var y = x.Rad2Deg();                      // [0, 180]</code></example>
    public static Tensor Rad2Deg(this Tensor x) => x * (180 / Math.PI);
}
