namespace Candeia.Onnx;

/// <summary>Which nodes say what an op does: one entry for each op.</summary>
internal static class Emitters
{
    static readonly Dictionary<Type, Action<Emission>> s_all = new[] { ElementwiseEmitters.All, MovementEmitters.All, LayerEmitters.All, RecurrentEmitters.All }.SelectMany(a => a).ToDictionary();

    public static bool Knows(Op op) => s_all.ContainsKey(op.GetType());

    /// <summary>Why an op that is known cannot be written with these parameters; null where it can.</summary>
    public static string? Refusal(Op op) => op is RecurrentOp recurrent ? RecurrentEmitters.Refusal(recurrent) : null;

    public static void Emit(Emission e) => s_all[e.Op.GetType()](e);
}
