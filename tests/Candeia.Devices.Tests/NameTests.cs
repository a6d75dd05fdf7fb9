using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using Candeia.NN;
using Candeia.Tests;

namespace Candeia.Devices.Tests;

/// <summary>Devices by name.</summary>
public class NameTests
{
    static readonly List<int> s_opened = [];

    static NameTests() => Device.Register("named", number =>
    {
        lock (s_opened) s_opened.Add(number);
        return number < 3 ? new ForeignDevice() : throw new ArgumentException($"There are 3 devices, and none is number {number}.");
    });

    [Fact]
    public void A_registered_device_is_found_by_its_name_wherever_a_device_is_asked_for()
    {
        Assert.Same(Device.Cpu, Device.Named("cpu"));
        var device = Device.Named("named:0");
        Assert.Same(device, Device.Named("named"));
        Assert.NotSame(device, Device.Named("named:1"));
        Assert.Same(device, Tensor.Ones([2]).To("named").Device);
        Assert.Same(device, Tensor.Zeros([2], device: "named:0").Device);
        var model = new Linear(2, 3).To("named");
        Assert.All(model.Parameters(), p => Assert.Same(device, p.Device));
        Assert.Equal(Device.Cpu, model.To("cpu").Parameters()[0].Device);
        Assert.Single(s_opened, 0);
    }

    [Fact]
    public void A_device_that_cannot_be_opened_says_why_each_time()
    {
        for (int i = 0; i < 2; i++) Assert.Contains("none is number 7", Assert.Throws<ArgumentException>(() => Device.Named("named:7")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("opencl"), InlineData("opencl:1"), InlineData("gpu"), InlineData(""), InlineData("named:"), InlineData("named:-1"), InlineData("named:x"), InlineData("named:1:2"), InlineData("CPU")]
    public void What_does_not_exist_is_refused_in_a_sentence_that_lists_what_does(string name)
    {
        string message = Assert.Throws<ArgumentException>(() => Tensor.Ones([2]).To(name)).Message;
        foreach (string part in (string[])[$"'{name}'", "'cpu'", "'named:0'", "Candeia.Gpu"]) Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("named"), InlineData("cpu"), InlineData("a:b"), InlineData("")]
    public void A_prefix_is_registered_once(string prefix) => Assert.ThrowsAny<ArgumentException>(() => Device.Register(prefix, _ => Device.Cpu));

    /// <summary>The package is a project of its own; here an assembly of its name is made on the spot, as small as it can be.</summary>
    [Fact]
    public void The_package_of_graphics_processors_is_found_when_it_is_there()
    {
        Assert.Throws<ArgumentException>(() => Device.Named("cuda"));
        byte[] assembly = Provider();
        Func<AssemblyLoadContext, AssemblyName, Assembly?> found = (context, name) => name.Name == "Candeia.Gpu" ? context.LoadFromStream(new MemoryStream(assembly)) : null;
        AssemblyLoadContext.Default.Resolving += found;
        try
        {
            Assert.Same(Device.Cpu, Device.Named("cuda"));                   // what the provider below gives
        }
        finally
        {
            AssemblyLoadContext.Default.Resolving -= found;
        }
    }

    /// <summary><c>public class Provider { public Provider() => Device.Register("cuda", Open); public static Device Open(int number) => Device.Cpu; }</c></summary>
    static byte[] Provider()
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Candeia.Gpu"), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule("Candeia.Gpu").DefineType("Candeia.Gpu.Provider", TypeAttributes.Public);
        var open = type.DefineMethod("Open", MethodAttributes.Public | MethodAttributes.Static, typeof(Device), [typeof(int)]);
        var code = open.GetILGenerator();
        code.Emit(OpCodes.Call, typeof(Device).GetProperty(nameof(Device.Cpu))!.GetMethod!);
        code.Emit(OpCodes.Ret);
        code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        code.Emit(OpCodes.Ldstr, "cuda");
        code.Emit(OpCodes.Ldnull);
        code.Emit(OpCodes.Ldftn, open);
        code.Emit(OpCodes.Newobj, typeof(Func<int, Device>).GetConstructors()[0]);
        code.Emit(OpCodes.Call, typeof(Device).GetMethod(nameof(Device.Register))!);
        code.Emit(OpCodes.Ret);
        type.CreateType();
        var bytes = new MemoryStream();
        assembly.Save(bytes);
        return bytes.ToArray();
    }
}
