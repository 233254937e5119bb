import assert from 'node:assert/strict';
import { networkOf } from '../../../src/platform/network.js';

describe('the network of a sender', () => {
  it('is that of an IPv6 address by its first 64 bits, however it is written', () => {
    for (const [network, addresses] of [
      [
        '2001:db8:1:2::/64',
        [
          '2001:db8:1:2::7',
          '2001:0db8:0001:0002:0003:0004:0005:0006',
          '2001:DB8:1:2:ffff:ffff:ffff:ffff',
          '2001:db8:1:2::203.0.113.7',
          '[2001:db8:1:2::7]:51234',
          '[2001:db8:1:2::7]',
        ],
      ],
      ['2001:db8:0:0::/64', ['2001:db8::1', '2001:db8::2', '2001:db8:0:0:1::', '2001:db8:0000::ffff:1:2:3']],
      ['2001:db8:1:0::/64', ['2001:db8:1::1', '2001:db8:1:0:8::']],
      ['0:0:0:0::/64', ['::1', '::']],
      ['0:0:0:1::/64', ['::1:0:0:0:0', '::1:2:3:4:5']],
      ['fe80:0:0:0::/64', ['fe80::1%eth0', 'fe80::2']],
    ] as const)
      for (const address of addresses) assert.equal(networkOf(address), network, address);
  });

  it('is the whole IPv4 address, also where it is written as an IPv6 one', () => {
    for (const address of [
      '203.0.113.7',
      '::ffff:203.0.113.7',
      '::FFFF:cb00:7107',
      '0:0:0:0:0:ffff:cb00:7107',
    ])
      assert.equal(networkOf(address), '203.0.113.7', address);
    assert.notEqual(networkOf('::ffff:203.0.113.8'), networkOf('::ffff:203.0.113.7'));
  });

  it('of what is no address is what was written', () => {
    for (const text of ['', 'unknown', '203.0.113', '2001:db8::1::2', ':::', '[nonsense]:80', 'a:b:c:d:e'])
      assert.equal(networkOf(text), text);
  });
});
