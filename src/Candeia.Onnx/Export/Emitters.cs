namespace Candeia.Onnx;

/// <summary>Which nodes say what an op does: one entry for each op.</summary>
internal static class Emitters
{
    static readonly Dictionary<Type, Action<Emission>> s_all = new[] { ElementwiseEmitters.All, MovementEmitters.All, LayerEmitters.All }.SelectMany(a => a).ToDictionary();

    public static bool Knows(Op op) => s_all.ContainsKey(op.GetType());

    public static void Emit(Emission e) => s_all[e.Op.GetType()](e);
}
