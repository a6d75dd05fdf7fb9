namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>A mask: where x is false, or 0.</summary>
    public static Tensor operator !(Tensor x) => x.Eq(Number(false));
}
